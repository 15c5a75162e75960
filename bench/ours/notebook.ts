// Notebooks made here: one cell a step.

import { writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Cell {
  /** One tag, or several with spaces between. */
  readonly tag: string;
  readonly source: string;
}

export const step = (name: string, source: string): Cell => ({ tag: `step:${name}`, source });

/** The cell of imports that a notebook begins with. */
export const setup = (source: string): Cell => ({ tag: 'setup', source });

export const NUMPY = setup('import numpy as np');

/** Writes it and returns its path. It names a kernel, as Papermill wants. */
export function writeNotebook(folder: string, name: string, cells: readonly Cell[]): string {
  const file = path.join(folder, `${name}.ipynb`);
  writeFileSync(file, formatNotebook(cells));
  return file;
}

export function formatNotebook(cells: readonly Cell[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: cells.map(({ tag, source }, at) => ({
      cell_type: 'code', id: `c${at}`, metadata: { tags: tag.split(' ') }, execution_count: null, outputs: [], source,
    })),
  });
}
