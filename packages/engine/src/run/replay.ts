// Which attempts must run again, in one process, so that their unstorable values exist there.

import type { Delta, Executed, World } from '@headwater/protocol';
import { commitsOf, framesTo, settledTo } from './frames.ts';
import { EMPTY_WORLD, type Frame, type RunState } from './state.ts';
import { applyDelta } from './world.ts';

/**
 * The makers, everything that ran in their processes after them, and the makers of unstorable values these had read in turn:
 * in notebook order.
 */
export function planReplay(state: RunState, frame: Frame, makers: readonly string[]): string[] {
  const line = reportsTo(state, frame);
  const needed = new Set<string>();
  const todo = [...makers];
  for (let attempt = todo.pop(); attempt !== undefined; attempt = todo.pop()) {
    if (needed.has(attempt)) continue;
    needed.add(attempt);
    todo.push(...relatives(line, attempt));
  }
  const order = new Map(line.map(({ id }, at) => [id, at]));
  return [...needed].sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1));
}

/** What is settled before the frame's next step, in notebook order. */
function reportsTo(state: RunState, frame: Frame): Executed[] {
  return settledTo(state, frame).flatMap(commitsOf).flatMap(({ report }) => (report === null ? [] : [report]));
}

/** Attempts that had used what this one made and could not be stored, and those whose such values it had used itself. */
function relatives(line: readonly Executed[], attempt: string): string[] {
  const bound = new Map(line.map((report) => [report.id, boundNames(report.delta)]));
  const used = (report: Executed) => Object.entries(report.delta.reads).flatMap(([name, version]) => (
    version !== null && bound.get(version)?.has(name) === true ? [version] : []
  ));
  const readers = line.filter((report) => used(report).includes(attempt)).map((report) => report.id);
  const own = line.find((report) => report.id === attempt);
  return [...readers, ...(own === undefined ? [] : used(own))];
}

/** Names that lived only in the attempt's process when it ended. */
function boundNames(delta: Delta): Set<string> {
  return new Set(Object.entries(delta.tombstones).flatMap(([name, tombstone]) => [name, ...tombstone.with]));
}

/** An attempt that wrote outside must not run a second time. */
export function isReplayable(state: RunState, frame: Frame, attempt: string): boolean {
  return reportsTo(state, frame).find(({ id }) => id === attempt)?.effect !== true;
}

/** The world an attempt began with: everything committed above it in its frame. */
export function worldBefore(state: RunState, frame: Frame, attempt: string): World {
  const own = framesTo(state, frame).find((each) => each.steps.some((step) => commitsOf(step).some(({ id }) => id === attempt)));
  let world = own?.base ?? EMPTY_WORLD;
  for (const { id, report } of (own?.steps ?? []).flatMap(commitsOf)) {
    if (id === attempt) break;
    if (report !== null) world = applyDelta(world, report.delta);
  }
  return world;
}
