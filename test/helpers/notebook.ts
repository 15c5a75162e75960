// Notebooks as literals: `[tags, source]` a cell.

export type CellLiteral = readonly [tags: string, source: string];

/** nbformat 4.5; tags stand in one string, separated by spaces; a cell whose tags are `#` is text. */
export function notebookText(cells: readonly CellLiteral[], metadata: Record<string, unknown> = {}): string {
  return JSON.stringify({
    cells: cells.map(([tags, source], at) => (tags === '#'
      ? { cell_type: 'markdown', id: `c${at}`, metadata: {}, source }
      : { cell_type: 'code', id: `c${at}`, metadata: tags === '' ? {} : { tags: tags.split(' ') }, source, execution_count: null, outputs: [] })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' }, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
