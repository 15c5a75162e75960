// Which attempts must run again, in one process, so that their unstorable values exist there.

import type { Delta, Executed } from '@headwater/protocol';
import { positionOf, type RunState } from './state.ts';

/**
 * The makers, everything that ran in their processes after them, and the makers of unstorable values these had read in turn:
 * in notebook order.
 */
export function planReplay(state: RunState, makers: readonly string[]): string[] {
  const needed = new Set<string>();
  const todo = [...makers];
  for (let attempt = todo.pop(); attempt !== undefined; attempt = todo.pop()) {
    if (needed.has(attempt)) continue;
    needed.add(attempt);
    todo.push(...relatives(state, attempt));
  }
  return [...needed].sort((a, b) => positionOf(state, a) - positionOf(state, b));
}

/** Attempts that had used what this one made and could not be stored, and those whose such values it had used itself. */
function relatives(state: RunState, attempt: string): string[] {
  const settled = state.steps.slice(0, state.settled).flatMap((step) => (step.current?.report == null ? [] : [step.current.report]));
  const bound = new Map(settled.map((report) => [report.id, boundNames(report.delta)]));
  const used = (report: Executed) => Object.entries(report.delta.reads).flatMap(([name, version]) => (
    version !== null && bound.get(version)?.has(name) === true ? [version] : []
  ));
  const readers = settled.filter((report) => used(report).includes(attempt)).map((report) => report.id);
  const own = settled.find((report) => report.id === attempt);
  return [...readers, ...(own === undefined ? [] : used(own))];
}

/** Names that lived only in the attempt's process when it ended. */
function boundNames(delta: Delta): Set<string> {
  return new Set(Object.entries(delta.tombstones).flatMap(([name, tombstone]) => [name, ...tombstone.with]));
}

/** An attempt that wrote outside must not run a second time. */
export function isReplayable(state: RunState, attempt: string): boolean {
  return state.steps[positionOf(state, attempt)]?.current?.report?.effect !== true;
}
