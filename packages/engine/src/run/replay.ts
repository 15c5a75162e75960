// Which attempts must run again, in one process, so that their unstorable values exist there.

import { positionOf, type RunState } from './state.ts';
import { processNames } from './world.ts';

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

function relatives(state: RunState, attempt: string): string[] {
  const names = processNames(state.world);
  const mine = [...names].filter(([, maker]) => maker === attempt).map(([name]) => name);
  const reports = state.steps.slice(0, state.settled).flatMap((step) => (step.current?.report == null ? [] : [{ id: step.current.id, reads: step.current.reads }]));
  const readers = reports.filter(({ id, reads }) => id !== attempt && mine.some((name) => reads[name] === attempt)).map(({ id }) => id);
  const own = reports.find(({ id }) => id === attempt)?.reads ?? {};
  const read = Object.entries(own).flatMap(([name, version]) => (version !== null && names.get(name) === version ? [version] : []));
  return [...readers, ...read];
}

/** An attempt that wrote outside must not run a second time. */
export function isReplayable(state: RunState, attempt: string): boolean {
  return state.steps[positionOf(state, attempt)]?.current?.report?.effect !== true;
}
