// The tasks of a run: a page of them, and all of a step as a map.

import type { Params, TaskMap, TaskPage } from '@headwater/protocol';
import { sumStep } from '@headwater/engine';
import type { ReadRun } from '../runs/read-run.ts';
import { parseTaskFilter } from '../tasks/find-tasks.ts';
import { mapTasks } from '../tasks/map-tasks.ts';
import { pageTasks } from '../tasks/page-tasks.ts';
import { rowsOfStep } from '../tasks/task-rows.ts';
import { findRun, type Context } from './context.ts';
import { requireStep } from './task.ts';

export async function tasks(context: Context, params: Params<'tasks'>): Promise<TaskPage> {
  const found = await findRun(context, params);
  const { sort, after, limit, find } = params;
  return pageTasks(rowsOf(found, params.step), { sort, after, limit, matches: parseTaskFilter(find) });
}

/** Of all steps those that people made; setup only where it failed. */
function* rowsOf(found: ReadRun, name: string | null): ReturnType<typeof rowsOfStep> {
  const { state } = found.folded;
  const over = found.summary.status !== 'running';
  const only = name === null ? null : requireStep(found, name).position;
  for (const [position, { plan, status }] of state.steps.entries()) {
    if (only === null ? plan.kind === 'step' || status === 'failed' : position === only) yield* rowsOfStep(found.folded, position, over);
  }
}

export async function taskMap(context: Context, params: Params<'taskMap'>): Promise<TaskMap> {
  const found = await findRun(context, params);
  const { step, position } = requireStep(found, params.step);
  const over = found.summary.status !== 'running';
  return mapTasks(rowsOfStep(found.folded, position, over), { expected: sumStep(found.folded.state, step, position).tasks, over });
}
