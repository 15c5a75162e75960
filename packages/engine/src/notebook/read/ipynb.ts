// Jupyter's own format, 4.0 to 4.5.

import { UserError } from '@headwater/protocol';
import * as v from 'valibot';
import { refuseOtherLanguages } from './language.ts';
import { readSettings } from './metadata.ts';
import type { Notebook, RawCell } from './notebook.ts';

const MetadataSchema = v.record(v.string(), v.unknown());

const CellSchema = v.object({
  cell_type: v.string(),
  source: v.optional(v.union([v.string(), v.array(v.string())]), ''),
  metadata: v.optional(MetadataSchema, {}),
  id: v.optional(v.unknown()),
});

const NotebookSchema = v.object({
  nbformat: v.number(),
  metadata: v.optional(MetadataSchema, {}),
  cells: v.array(CellSchema),
});

export function readIpynb(text: string, path: string): Notebook {
  const json = parseJson(text, path);
  refuseOldFormat(json, path);
  const parsed = v.safeParse(NotebookSchema, json);
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]);
    throw new UserError('not-a-notebook', `${path} is JSON, but no notebook${where === null ? '' : `: ${where} is not what nbformat 4 wants`}.`, null);
  }
  const { metadata, cells } = parsed.output;
  refuseOtherLanguages(metadata, path);
  return { cells: cells.map(readCell), ...readSettings(metadata) };
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') throw new UserError('not-a-notebook', `${path} is empty.`, 'Open it in a notebook editor and save it, or start from one with `headwater init`.');
  try {
    return JSON.parse(text);
  } catch {
    const conflict = /^<{7} /m.test(text) ? 'It holds conflict markers of git: resolve them first.' : null;
    throw new UserError('not-a-notebook', `${path} is no notebook: it is not JSON.`, conflict);
  }
}

function refuseOldFormat(json: unknown, path: string): void {
  const format = v.safeParse(v.object({ nbformat: v.number() }), json);
  if (format.success && format.output.nbformat < 4) {
    throw new UserError('old-notebook', `${path} has the old notebook format ${format.output.nbformat}.`, `Convert it with \`jupyter nbconvert --to notebook --inplace ${path}\`.`);
  }
  if (format.success && format.output.nbformat >= 5) {
    throw new UserError('new-notebook', `${path} has the notebook format ${format.output.nbformat}, which this version does not know.`, 'Update Headwater.');
  }
}

function readCell(cell: v.InferOutput<typeof CellSchema>, index: number): RawCell {
  const { source, metadata, id } = cell;
  const tags = Array.isArray(metadata['tags']) ? metadata['tags'].filter((tag) => typeof tag === 'string') : [];
  return {
    index,
    id: typeof id === 'string' ? id : null,
    type: cell.cell_type === 'code' ? 'code' : 'text',
    source: (typeof source === 'string' ? source : source.join('')).replace(/\r\n?/g, '\n'),
    tags: [...new Set(tags)],
  };
}
