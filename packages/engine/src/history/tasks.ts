// The tasks of a run as people see them: one for every step, branch and iteration; and a step as the sum of its tasks.

import { formatTask, type TaskStatus } from '@headwater/protocol';
import { isFrame } from '../run/frames.ts';
import { costOf, type EndedBranch, type EndedTask, type Fan, type Frame, type RunState, type StepState } from '../run/state.ts';

export interface Task {
  /** `train[3]`, `fit@4`. */
  readonly task: string;
  readonly step: string;
  readonly indices: readonly number[];
  readonly iteration: number | null;
  /** Name and short text of each item around it, outermost first. */
  readonly items: readonly (readonly [name: string, label: string])[];
  readonly status: TaskStatus;
  /** The last attempt, or null when there was none. */
  readonly attempt: string | null;
  /** Attempts there were, guesses included. */
  readonly attempts: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly warnings: readonly string[];
}

interface Around {
  readonly indices: readonly number[];
  readonly items: Task['items'];
  /** Committed attempts of a branch that was put away. */
  readonly commits: readonly string[];
}

type Holder = Frame | (EndedBranch & { readonly first: number });

/** Branches of the outermost foreach, `to` not among them. */
interface Among {
  readonly from: number;
  readonly to: number;
}

/** The tasks of a step in the order of the lists around it, or those of some branches. A step that no branch has reached has none. */
export function* tasksOf(state: RunState, position: number, among: Among = { from: 0, to: Infinity }): Generator<Task> {
  yield* walk(state, { state, position, among }, { indices: [], items: [], commits: [] });
}

interface Where {
  readonly state: RunState;
  readonly position: number;
  readonly among: Among;
}

function* walk(holder: Holder, where: Where, around: Around): Generator<Task> {
  const { state, position } = where;
  const chain = state.chains[position] ?? [];
  const opener = chain[around.indices.length];
  const step = holder.steps[(opener ?? position) - holder.first];
  if (step === undefined) return;
  if (opener === undefined) {
    yield* describe(step, around);
    return;
  }
  if (step.fan !== null) yield* walkBranches(step.fan, { ...where, opener, item: step.plan.control.foreach?.item ?? '' }, around);
}

interface Opener extends Where {
  readonly opener: number;
  readonly item: string;
}

function* walkBranches(fan: Fan, { opener, item, ...where }: Opener, { indices, items }: Around): Generator<Task> {
  const { from, to } = indices.length === 0 ? where.among : { from: 0, to: Infinity };
  for (let index = from; index < Math.min(to, fan.branches.length); index += 1) {
    const branch = fan.branches.get(index);
    if (branch === undefined) continue;
    const inner = isFrame(branch) ? branch : { ...branch, first: opener };
    yield* walk(inner, where, { indices: [...indices, index], items: [...items, [item, fan.elements.labels[index] ?? '']], commits: 'commits' in branch ? branch.commits : [] });
  }
}

function* describe(step: StepState | EndedTask, { indices, items, commits }: Around): Generator<Task> {
  const { plan, status, iteration, next } = step;
  const nameOf = (each: number | null) => formatTask({ step: plan.name, indices, splits: false, iteration: each });
  const make = (each: number | null, more: Pick<Task, 'status' | 'attempt' | 'attempts' | 'ms' | 'cpuMs' | 'peakBytes' | 'warnings'>): Task => ({
    task: nameOf(each), step: plan.name, indices, iteration: each, items, ...more,
  });
  if (plan.control.until !== null) {
    const past = 'past' in step ? step.past.map((attempt) => ({ id: attempt.id, ...costOf(attempt) })) : findIterations(commits, step).map((id) => ({ id, ms: 0, cpuMs: 0, peakBytes: 0 }));
    for (const [at, { id, ...cost }] of past.entries()) yield make(at, { status: 'done', attempt: id, attempts: 1, ...cost, warnings: [] });
  }
  const now = plan.control.until === null ? null : iteration;
  const stopped = stoppedAttempt(step, nameOf(now));
  if ('id' in step) yield make(now, { status, attempt: step.id ?? stopped, attempts: next, ms: step.ms, cpuMs: step.cpuMs, peakBytes: step.peakBytes, warnings: [] });
  else yield make(now, { status, attempt: step.current?.id ?? stopped, attempts: next, ...costOf(step.current), warnings: warningsOf(step) });
}

/** Who was stopped is no attempt under way any more, but has shown something. */
export function stoppedAttempt({ status, next }: Pick<StepState, 'status' | 'next'>, task: string): string | null {
  return status === 'stopped' && next > 0 ? `${task}.${next - 1}` : null;
}

function findIterations(commits: readonly string[], { plan, id }: EndedTask): string[] {
  return commits.filter((each) => each !== id && /^[^[@]*/.exec(each)?.[0] === plan.name);
}

function warningsOf({ current, note, status }: StepState): string[] {
  return [...(current?.report?.warnings ?? []), ...(note === null || status === 'skipped' ? [] : [note])];
}

// ---------------------------------------------------------------- a step as one thing

export interface StepSum {
  readonly name: string;
  readonly kind: 'step' | 'setup';
  readonly status: TaskStatus | 'not reached';
  /** Of its foreach, counting branches that are still to come; 1 outside of any. */
  readonly tasks: number;
  readonly counts: Readonly<Partial<Record<TaskStatus, number>>>;
  readonly attempts: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly note: string | null;
}

export function sumSteps(state: RunState): StepSum[] {
  return state.steps.map((step, position) => sumStep(state, step, position));
}

export function sumStep(state: RunState, step: StepState, position: number): StepSum {
  const { name, kind } = step.plan;
  const opener = state.steps[state.chains[position]?.[0] ?? position] ?? step;
  const isSkipped = step.status === 'skipped' || opener.status === 'skipped';
  const tasks = isSkipped ? [] : [...tasksOf(state, position)];
  const counts: Partial<Record<TaskStatus, number>> = {};
  for (const { status } of tasks) counts[status] = (counts[status] ?? 0) + 1;
  return {
    name, kind, counts,
    tasks: Math.max(tasks.length, expectedTasks(state, position)),
    status: isSkipped ? 'skipped' : statusOf(counts, tasks, opener),
    attempts: sum(tasks.map(({ attempts }) => attempts)),
    ms: sum(tasks.map(({ ms }) => ms)),
    cpuMs: sum(tasks.map(({ cpuMs }) => cpuMs)),
    peakBytes: tasks.reduce((most, { peakBytes }) => Math.max(most, peakBytes), 0),
    note: step.note,
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function expectedTasks(state: RunState, position: number): number {
  const chain = state.chains[position] ?? [];
  const fan: Fan | null | undefined = chain.length === 1 ? state.steps[chain[0] ?? 0]?.fan : null;
  return chain.length === 0 ? 1 : fan?.elements.count ?? 0;
}

/** The worst first: what failed, what runs, what waits. */
const ORDER: readonly TaskStatus[] = ['failed', 'running', 'stopped', 'executed', 'waiting', 'discarded', 'caught', 'done', 'reused', 'skipped'];

function statusOf(counts: StepSum['counts'], tasks: readonly Task[], opener: StepState): StepSum['status'] {
  if (tasks.length === 0) return opener.fan?.elements.count === 0 ? 'done' : opener.status === 'failed' ? 'failed' : 'not reached';
  const reached = tasks.filter(({ attempt, status }) => attempt !== null || status !== 'waiting');
  if (reached.length === 0) return 'not reached';
  return ORDER.find((status) => (status === 'waiting' ? reached.some((each) => each.status === status) : counts[status] !== undefined)) ?? 'waiting';
}
