// A notebook as VS Code holds it, as the text of its file. Pure: only its shape is known here.

import { notebookText, type JsonCell } from '@headwater/panels';
import { fileMetadata } from './cell-metadata.ts';

interface CellShape {
  /** 2 is code, 1 is text. */
  readonly kind: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly document: { getText(): string; readonly languageId: string };
}

export interface DocumentShape {
  readonly metadata: Readonly<Record<string, unknown>>;
  getCells(): readonly CellShape[];
}

const CODE = 2;
const FORMAT = { nbformat: 4, nbformat_minor: 5 };

export function textOf(notebook: DocumentShape): string {
  const { nbformat, nbformat_minor: minor } = notebook.metadata;
  return notebookText({ cells: notebook.getCells().map(toCell), metadata: fileMetadata(notebook.metadata), ...FORMAT, ...(nbformat === undefined ? {} : { nbformat, nbformat_minor: minor }) } as { cells: JsonCell[] });
}

function toCell({ kind, metadata, document }: CellShape): JsonCell {
  const raw = document.languageId === 'raw';
  const shared = { ...(typeof metadata['id'] === 'string' ? { id: metadata['id'] } : {}), metadata: fileMetadata(metadata), source: document.getText().replaceAll('\r\n', '\n') };
  if (kind === CODE && !raw) return { cell_type: 'code', ...shared };
  return { cell_type: raw ? 'raw' : 'markdown', ...shared, ...(metadata['attachments'] === undefined ? {} : { attachments: metadata['attachments'] }) };
}
