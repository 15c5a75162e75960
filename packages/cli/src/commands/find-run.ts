// What a person names on the command line, found in the store.

import { formatRunId, parsePath, UserError, type RunId, type Summary } from '@headwater/protocol';
import { asLost, foldRun, listSummaries, locateStore, openStore, readSummary, type RunState, type StepState, type Store } from '@headwater/engine';
import type { GlobalOptions } from '../verbs.ts';

export interface FoundRun {
  readonly store: Store;
  readonly run: RunId;
  readonly summary: Summary;
}

export function openNamedStore(shared: GlobalOptions): Promise<Store> {
  return openStore(locateStore({ named: shared.store ?? process.env['HEADWATER_STORE'] ?? null, from: process.cwd() }));
}

/** `churn/42`, or `churn` for its latest run. */
export async function findRun(text: string, shared: GlobalOptions): Promise<FoundRun> {
  const store = await openNamedStore(shared);
  const path = parsePath(text);
  if (path === null) throw new UserError('bad-run', `\`${text}\` is not a run.`, 'A run is FLOW/NUMBER, such as churn/42; FLOW alone is its latest run.');
  const summary = path.number === null ? (await listSummaries(store, path.flow, 1))[0] ?? null : await readSummary(store, path.flow, path.number);
  if (summary === null) throw new UserError('no-run', `There is no run ${text} in ${store.url}.`, 'See `headwater runs` for those there are.');
  return { store, run: { flow: summary.flow, number: summary.number }, summary: asLost(summary) };
}

export interface FoundTask extends FoundRun {
  readonly state: RunState;
  readonly step: StepState;
  readonly artifact: string | null;
}

/** `churn/42/train`, or `churn/42/train/model`. */
export async function findTask(text: string, shared: GlobalOptions): Promise<FoundTask> {
  const path = parsePath(text);
  if (path?.task == null) throw new UserError('bad-task', `\`${text}\` is not a task.`, 'A task is FLOW/NUMBER/STEP, such as churn/42/train.');
  const found = await findRun(`${path.flow}/${path.number ?? ''}`, shared);
  const state = await foldRun(found.store, found.run);
  const step = state.steps.find((each) => each.plan.name === path.task);
  if (step !== undefined) return { ...found, state, step, artifact: path.artifact };
  const names = state.steps.filter((each) => each.plan.kind === 'step').map((each) => each.plan.name);
  throw new UserError('no-task', `${formatRunId(found.run)} has no step \`${path.task}\`.`, names.length === 0 ? null : `It has ${names.join(', ')}.`);
}
