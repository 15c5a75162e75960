// The open notebook as text, as it is in the editor: without outputs, which are not part of what runs.

import type { INotebookModel } from '@jupyterlab/notebook';
import { MAX_FRAME_BYTES } from '@headwater/protocol';

interface JsonCell {
  cell_type: string;
  outputs?: unknown[];
  execution_count?: number | null;
  attachments?: unknown;
}

export function textOf(model: INotebookModel): string {
  const notebook = model.toJSON() as unknown as { cells: JsonCell[] };
  const cells = notebook.cells.map((cell) => (cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell));
  const text = JSON.stringify({ ...notebook, cells });
  if (text.length < MAX_FRAME_BYTES / 2) return text;
  // Pictures pasted into text cells are large, and no run needs them.
  return JSON.stringify({ ...notebook, cells: cells.map((cell) => ({ ...cell, attachments: undefined })) });
}
