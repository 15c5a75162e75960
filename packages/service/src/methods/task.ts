// One task: what it read and from whom, what it made, the cells it ran.

import { formatRunId, isSetupName, parseAttemptKey, UserError, type Manifest, type Params, type TaskStatus, type TaskView } from '@headwater/protocol';
import { findOneTask, readManifest, type RunState, type StepState, type Task } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { viewStep } from '../runs/view-step.ts';
import { toTaskRow } from '../tasks/task-rows.ts';
import { findRun, type Context } from './context.ts';

export async function task(context: Context, params: Params<'task'>): Promise<TaskView> {
  const found = await findRun(context, params);
  const { folded: { state, timeline }, folded } = found;
  const one = requireTask(found, params.task);
  const { step, position } = requireStep(found, one.step);
  const [manifest, flow] = await Promise.all([manifestOf(found, one.attempt), context.recent.flow(found)]);
  const over = found.summary.status !== 'running';
  const row = toTaskRow(folded, one, over);
  return {
    step: viewStep(folded, position, over),
    task: row,
    cpuMs: row.status === 'reused' || one.cpuMs === 0 ? null : one.cpuMs,
    attempts: timeline.of(one.task),
    reads: viewReads(manifest?.delta.reads ?? step.current?.reads ?? {}),
    cells: step.plan.cells.map(({ index, number }) => ({ index, number, source: flow?.cells[index]?.source ?? '' })),
    before: namesBefore(state, position, one),
    ...viewManifest(manifest),
    failure: manifest?.failure ?? failureOf(state, one),
  };
}

/** Where the engine says why, and not the cells. */
const failureOf = (state: RunState, { task }: Task) => state.failures.find(({ step }) => step === task)?.failure ?? null;

function viewReads(reads: Readonly<Record<string, string | null>>): TaskView['reads'] {
  return Object.entries(reads).filter(([name]) => !name.startsWith('%')).map(([name, version]) => ({ name, from: version }));
}

function viewManifest(manifest: Manifest | null): Pick<TaskView, 'files' | 'made'> {
  if (manifest === null) return { files: { read: [], written: [] }, made: [] };
  const { files, artifacts } = manifest;
  return { files: { read: namesOf(files.read), written: namesOf(files.written) }, made: Object.keys(artifacts).filter((name) => !name.startsWith('%')) };
}

export function requireStep({ folded: { state }, summary }: ReadRun, name: string): { step: StepState; position: number } {
  const position = state.positions.get(name) ?? -1;
  const step = state.steps[position];
  if (step !== undefined) return { step, position };
  const names = state.steps.map((each) => each.plan.name).filter((each) => !isSetupName(each));
  throw new UserError('no-task', `${summary.flow}/${summary.number} has no step \`${name}\`.`, names.length === 0 ? null : `It has ${names.join(', ')}.`);
}

/** `train`, `train[3]`, `train[lr=0.1]`; throws UserError where that is none, or several. */
export function requireTask({ folded: { state }, id }: ReadRun, text: string): Task {
  return findOneTask(state, formatRunId(id), text);
}

/** Null where there is none: it did not get so far. */
export async function manifestOf({ store, id }: ReadRun, attempt: string | null): Promise<Manifest | null> {
  if (attempt === null) return null;
  try {
    return await readManifest(store, id, attempt);
  } catch (error) {
    throw new UserError('manifest-unreadable', `The record of ${parseAttemptKey(attempt).task} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'The rest of the run is shown.');
  }
}

/** Names visible when the task began: what the committed steps above it had bound, and the items around it. */
function namesBefore({ steps, chains }: RunState, position: number, { items }: Task): string[] {
  const names = new Set<string>();
  const above = steps.slice(0, chains[position]?.[0] ?? position).filter(({ status }) => COMMITTED.has(status));
  for (const { delta } of above.flatMap(({ current }) => current?.report ?? [])) {
    for (const name of delta.unbinds) names.delete(name);
    for (const name of Object.keys(delta.binds)) names.add(name);
  }
  return [...names, ...items.map(([name]) => name)].filter((name) => !name.startsWith('%') && !name.startsWith('file:')).sort();
}

const COMMITTED: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'caught']);

/** Without those that stand for whatever there is (worker/effects.py). */
const namesOf = (stamps: Readonly<Record<string, string>>) => Object.keys(stamps).filter((name) => !name.endsWith('*/'));
