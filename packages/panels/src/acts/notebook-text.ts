// The open notebook as text, as it is in the editor: without outputs, which are not part of what runs.

import { MAX_FRAME_BYTES } from '@headwater/protocol';

export interface JsonCell {
  readonly cell_type: string;
  readonly outputs?: unknown[];
  readonly execution_count?: number | null;
  readonly attachments?: unknown;
}

export function notebookText(notebook: { readonly cells: readonly JsonCell[] }): string {
  const cells = notebook.cells.map((cell) => (cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell));
  const text = JSON.stringify({ ...notebook, cells });
  if (text.length < MAX_FRAME_BYTES / 2) return text;
  // Pictures pasted into text cells are large, and no run needs them.
  return JSON.stringify({ ...notebook, cells: cells.map((cell) => ({ ...cell, attachments: undefined })) });
}

/** The text of the notebook as it would be with other tags on one cell. */
export function withTagsAt(text: string, index: number, tags: readonly string[]): string {
  const notebook = JSON.parse(text) as { cells: { metadata?: Readonly<Record<string, unknown>> }[] };
  return JSON.stringify({ ...notebook, cells: notebook.cells.map((cell, at) => (at === index ? { ...cell, metadata: { ...cell.metadata, tags } } : cell)) });
}
