// One task: what it read and from whom, what it made, the cells it ran.

import { isSetupName, manifestKey, UserError, type Manifest, type Params, type TaskStatus, type TaskView } from '@headwater/protocol';
import { readManifest, type StepState } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { viewStep } from '../runs/view-run.ts';
import { findRun, type Context } from './context.ts';

export async function task(context: Context, params: Params<'task'>): Promise<TaskView> {
  const found = await findRun(context, params);
  const step = requireStep(found, params.task);
  const [manifest, flow] = await Promise.all([manifestOf(found, step), context.recent.flow(found)]);
  const reads = Object.entries(step.current?.reads ?? {}).filter(([name]) => !name.startsWith('%')).map(([name, from]) => ({ name, from }));
  return {
    step: viewStep(step, found.folded.timeline.get(step.plan.name) ?? [], found.summary.status !== 'running'),
    reads,
    cells: step.plan.cells.map(({ index, number }) => ({ index, number, source: flow?.cells[index]?.source ?? '' })),
    before: namesBefore(found, step),
    ...viewManifest(manifest),
  };
}

function viewManifest(manifest: Manifest | null): Pick<TaskView, 'failure' | 'files' | 'made'> {
  if (manifest === null) return { failure: null, files: { read: [], written: [] }, made: [] };
  const { failure, files, artifacts } = manifest;
  return { failure, files: { read: Object.keys(files.read), written: Object.keys(files.written) }, made: Object.keys(artifacts).filter((name) => !name.startsWith('%')) };
}

export function requireStep({ folded, summary }: ReadRun, name: string): StepState {
  const step = folded.state.steps.find((each) => each.plan.name === name);
  if (step !== undefined) return step;
  const names = folded.state.steps.map((each) => each.plan.name).filter((each) => !isSetupName(each));
  throw new UserError('no-task', `${summary.flow}/${summary.number} has no step \`${name}\`.`, names.length === 0 ? null : `It has ${names.join(', ')}.`);
}

export async function manifestOf({ store, id }: ReadRun, step: StepState): Promise<Manifest | null> {
  if (step.current === null) return null;
  try {
    return await readManifest(store, id, step.current.id);
  } catch (error) {
    throw new UserError('manifest-unreadable', `The record of ${step.plan.name} cannot be read: ${error instanceof Error ? error.message : manifestKey(id.flow, id.number, step.current.id)}.`, 'The rest of the run is shown.');
  }
}

/** Names visible when the step began: what the committed steps above it had bound. */
function namesBefore({ folded: { state } }: ReadRun, step: StepState): string[] {
  const names = new Set<string>();
  for (const { status, current } of state.steps.slice(0, state.steps.indexOf(step))) {
    const delta = COMMITTED.has(status) ? current?.report?.delta : undefined;
    if (delta === undefined) continue;
    for (const name of delta.unbinds) names.delete(name);
    for (const name of Object.keys(delta.binds)) names.add(name);
  }
  return [...names].filter((name) => !name.startsWith('%') && !name.startsWith('file:')).sort();
}

const COMMITTED: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'caught']);
