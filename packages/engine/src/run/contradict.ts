// Guesses proven wrong early: an attempt that read what a settled step has changed since, or what a discarded attempt had made, cannot hold.

import type { EventBody } from '@headwater/protocol';
import { positionOf, readAttempt } from './frames.ts';
import type { Attempt, Frame, RunState } from './state.ts';
import { currentVersion, touchesKey } from './world.ts';

/** Files are names of the world, too. */
const FILE = 'file:';

/** The first such attempt of the frame stops at once. */
export function contradict(state: RunState, frame: Frame): EventBody | null {
  for (const [at, { current }] of frame.steps.entries()) {
    if (frame.first + at < frame.settled || current === null) continue;
    const wrong = findContradiction(state, frame, current);
    if (wrong !== null) return wrong;
  }
  return null;
}

function findContradiction(state: RunState, frame: Frame, attempt: Attempt): EventBody | null {
  for (const [key, version] of Object.entries({ ...attempt.reads, ...attempt.readUnits })) {
    if (version !== null && isGuess(state, frame, version)) {
      if (isDiscarded(state, frame, version)) return discardFor(attempt.id, [key], readAttempt(version).step);
      continue;
    }
    const now = frame.world.units[key]?.[0] ?? currentVersion(frame.world, key);
    if (now !== version) return discardFor(attempt.id, [key], findChanger(frame, [key]));
  }
  return null;
}

/** It was made in this frame and is not committed. */
function isGuess(state: RunState, frame: Frame, version: string): boolean {
  return positionOf(state, version) >= frame.settled && readAttempt(version).indices.join() === frame.path.join() && !isCommitted(state, frame, version);
}

/** By an earlier iteration of the step under way. */
function isCommitted(state: RunState, frame: Frame, version: string): boolean {
  return frame.steps[positionOf(state, version) - frame.first]?.past.some(({ id }) => id === version) === true;
}

function isDiscarded(state: RunState, frame: Frame, version: string): boolean {
  const maker = frame.steps[positionOf(state, version) - frame.first];
  return maker !== undefined && maker.current?.id !== version;
}

/** The settled step that changed one of these last. */
export function findChanger(frame: Frame, keys: readonly string[]): string | null {
  const settled = frame.steps.slice(0, frame.settled - frame.first + 1);
  const changer = settled.findLast(({ current, past }, at) => [...past, ...(frame.first + at < frame.settled && current !== null ? [current] : [])].some(
    ({ report }) => report !== null && keys.some((key) => touchesKey(report.delta, key)),
  ));
  return changer?.plan.name ?? null;
}

export function discardFor(id: string, keys: readonly string[], by: string | null): EventBody {
  const names = keys.filter((key) => !key.includes(':'));
  const files = keys.filter((key) => key.startsWith(FILE)).map((key) => (key.endsWith('*/') ? 'what stands on the disk' : key.slice(FILE.length)));
  const what = [...names.map((name) => `\`${name}\``), ...files].join(', ') || 'a function or class';
  return { type: 'task-discarded', id, because: names, by, everything: false, sentence: by === null ? `it runs again with ${what}` : `${by} changed ${what} after it was read` };
}
