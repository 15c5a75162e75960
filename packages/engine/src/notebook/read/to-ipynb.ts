// Any notebook as nbformat 4: a Jupyter notebook as it is, a percent script cell by cell.

import { readNotebook } from './read-notebook.ts';

export function toIpynb(text: string, path: string): Record<string, unknown> {
  if (path.endsWith('.ipynb')) return JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>;
  const notebook = readNotebook(text, path);
  return {
    cells: notebook.cells.map((cell, index) => ({
      id: cell.id ?? `cell-${index}`,
      cell_type: cell.type === 'code' ? 'code' : 'markdown',
      metadata: cell.tags.length > 0 ? { tags: [...cell.tags] } : {},
      source: cell.source,
      ...(cell.type === 'code' ? { execution_count: null, outputs: [] } : {}),
    })),
    metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' }, language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
