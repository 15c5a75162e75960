// What a person names on the command line, found in the store.

import { formatRunId, parsePath, parseRunId, UserError, type RunId, type Summary } from '@headwater/protocol';
import { asLost, findOneTask, findTasks, foldRun, listSummaries, locateStore, openStore, readSummary, type RunState, type Store, type Task } from '@headwater/engine';
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

/** The same where a run counts that ended before it could say anything of itself. */
export async function findRunToRepeat(text: string, shared: GlobalOptions): Promise<Pick<FoundRun, 'store' | 'run'>> {
  const run = parseRunId(text);
  return run === null ? findRun(text, shared) : { store: await openNamedStore(shared), run };
}

export interface FoundTasks extends FoundRun {
  readonly state: RunState;
  readonly tasks: readonly Task[];
}

/** `churn/42/train[3]`, or all tasks of `churn/42/train`. */
export async function findTasksOf(text: string, shared: GlobalOptions): Promise<FoundTasks> {
  const { found, state, task } = await openTask(text, shared);
  return { ...found, state, tasks: findTasks(state, formatRunId(found.run), task) };
}

export interface FoundTask extends FoundRun {
  readonly state: RunState;
  readonly task: Task;
  readonly artifact: string | null;
}

/** `churn/42/train`, or `churn/42/train[lr=0.1]/model`. */
export async function findTask(text: string, shared: GlobalOptions): Promise<FoundTask> {
  const { found, state, task, artifact } = await openTask(text, shared);
  return { ...found, state, task: findOneTask(state, formatRunId(found.run), task), artifact };
}

async function openTask(text: string, shared: GlobalOptions): Promise<{ found: FoundRun; state: RunState; task: string; artifact: string | null }> {
  const path = parsePath(text);
  if (path?.task == null) throw new UserError('bad-task', `\`${text}\` is not a task.`, 'A task is FLOW/NUMBER/STEP, such as churn/42/train or churn/42/train[3].');
  const found = await findRun(`${path.flow}/${path.number ?? ''}`, shared);
  return { found, state: await foldRun(found.store, found.run), task: path.task, artifact: path.artifact };
}
