// Which tasks' output is due: branches are shown one after the other, in the order of their list.

import { styleText } from 'node:util';
import { describeItems, isFrame, tasksOf, type RunState, type Task } from '@headwater/engine';

export interface Shown {
  readonly attempt: string;
  /** A line above its output, or nothing. */
  readonly head: string;
}

/** Branches of the foreach at `position` that are over, from number `from` on, up to the first that is not. */
export function branchesOver(state: RunState, position: number, from: number): { tasks: Shown[]; count: number } {
  const fan = state.steps[position]?.fan ?? null;
  if (fan === null) return { tasks: [], count: 0 };
  let to = from;
  for (let branch = fan.branches.get(to); branch !== undefined && !isFrame(branch); branch = fan.branches.get(to)) to += 1;
  if (to === from) return { tasks: [], count: 0 };
  const end = state.regions.get(position)?.end ?? position + 1;
  const over = state.steps.slice(position, end).flatMap((_, at) => [...tasksOf(state, position + at, { from, to })]);
  // A stable sort: inside a branch the steps stay in order, inner branches behind each other.
  return { tasks: over.sort((a, b) => compare(a.indices, b.indices)).flatMap(toShown), count: to - from };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((index, depth) => depth < b.length && index !== b[depth]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The task of a step outside any foreach. */
export function tasksInOrder(state: RunState, position: number): Shown[] {
  const step = state.steps[position];
  return step?.current == null || step.fan !== null ? [] : [{ attempt: step.current.id, head: '' }];
}

function toShown({ attempt, task, items }: Task): Shown[] {
  return attempt === null ? [] : [{ attempt, head: styleText('gray', `── ${task}${items.length === 0 ? '' : ` · ${describeItems(items)}`}\n`) }];
}
