// The executed notebook as it may leave for somebody: outputs of other people's runs lose what could act.

import { readExecutedNotebook } from '@headwater/engine';
import { isForeign } from '../access/foreign.ts';
import type { ReadRun } from './read-run.ts';
import { plainBundle } from './safe-output.ts';

export interface Executed {
  readonly cells: readonly { readonly cell_type?: unknown; readonly source?: unknown; readonly outputs?: readonly Readonly<Record<string, unknown>>[]; readonly execution_count?: number | null }[];
  readonly metadata: Record<string, unknown>;
}

export async function readExecuted(found: ReadRun, user: string): Promise<Executed> {
  const notebook = await readExecutedNotebook(found.store, found.id) as unknown as Executed;
  if (!isForeign(found.record, user)) return notebook;
  return { ...notebook, cells: notebook.cells.map((cell) => (cell.outputs === undefined ? cell : { ...cell, outputs: cell.outputs.map((output) => withBundle(output, plainBundle)) })) };
}

type Bundle = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export function withBundle(output: Readonly<Record<string, unknown>>, change: Bundle): Readonly<Record<string, unknown>> {
  const { data } = output;
  return typeof data === 'object' && data !== null ? { ...output, data: change(data as Record<string, unknown>) } : output;
}
