// The executed notebook of a run: the notebook as it ran, with the outputs of the run under its cells.

import { blobKey, formatRunId, outputKey, UserError, type RunId } from '@headwater/protocol';
import { toIpynb } from '../notebook/read/to-ipynb.ts';
import { readLines } from '../store/follow.ts';
import { asText, readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { describeItems } from './find-task.ts';
import { foldRun } from './fold-run.ts';
import { parseOutputs, toCellOutputs, type CellOutput } from './outputs.ts';
import { tasksOf, type Task } from './tasks.ts';

interface NotebookCell {
  cell_type: string;
  outputs?: unknown[];
  execution_count?: number | null;
}

export interface ExecutedNotebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Record<string, unknown>;
}

/** nbformat 4 as an object. Cells that did not run keep no output: what stands there was never part of this run. */
export async function readExecutedNotebook(store: Store, run: RunId): Promise<ExecutedNotebook> {
  const record = await readRecord(store, run.flow, run.number);
  const text = record === null ? null : asText(await store.get(blobKey(record.snapshot)));
  if (record === null || text === null) throw new UserError('no-run', `The notebook of ${formatRunId(run)} is not in ${store.url}.`, 'See `headwater runs` for the runs there are.');
  const notebook = toIpynb(text, record.notebook) as { cells: NotebookCell[]; metadata: Record<string, unknown> };
  const { outputs, numbers } = await readAllOutputs(store, run);
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    cell.outputs = outputs.get(index) ?? [];
    cell.execution_count = numbers.get(index) ?? null;
  }
  notebook.metadata['headwater_run'] = { run: formatRunId(run), parameters: record.parameters };
  return notebook;
}

/** Outputs and execution counts by the cell's position, of the last attempt of every task that counts or is under way; branches and iterations one after the other. */
async function readAllOutputs(store: Store, run: RunId): Promise<{ outputs: Map<number, CellOutput[]>; numbers: Map<number, number> }> {
  const state = await foldRun(store, run);
  const outputs = new Map<number, CellOutput[]>();
  const numbers = new Map<number, number>();
  for (const [position, { plan }] of state.steps.entries()) {
    for (const task of tasksOf(state, position)) {
      if (task.attempt === null || task.status === 'stopped') continue;
      const frames = parseOutputs(await readLines(store, outputKey(run.flow, run.number, task.attempt)));
      for (const [cell, shown] of toCellOutputs(frames)) outputs.set(cell, [...(outputs.get(cell) ?? []), ...headOf(task), ...shown]);
      for (const cell of plan.cells) numbers.set(cell.index, cell.number);
    }
  }
  return { outputs, numbers };
}

/** Which branch, which iteration. */
function headOf({ items, iteration }: Task): CellOutput[] {
  const parts = [...(items.length === 0 ? [] : [describeItems(items)]), ...(iteration === null ? [] : [`iteration ${iteration}`])];
  return parts.length === 0 ? [] : [{ output_type: 'stream', name: 'stdout', text: `── ${parts.join(' · ')}\n` }];
}
