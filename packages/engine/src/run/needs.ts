// What a step needs before it may start: providers, its turn, a parked process.

import type { World } from '@headwater/protocol';
import { EMPTY_WORLD, type Frame, type RunState } from './state.ts';
import { processNames, viewFor } from './world.ts';

interface Needs {
  /** Must wait until every earlier step is settled. */
  readonly turn: boolean;
  /** Attempts that made unstorable values it reads. */
  readonly makers: readonly string[];
  readonly world: World;
}

/** Steps whose results it builds on are done, or executed and waiting for their commit. */
export function providersDone(state: RunState, frame: Frame, position: number): boolean {
  return [...(state.after[position] ?? [])].every((at) => {
    const provider = frame.steps[at - frame.first];
    // What stands around a branch was settled before it began; what stands in branches is settled when their foreach is.
    return at < frame.settled || provider?.current?.report?.outcome === 'done';
  });
}

export function findNeeds(frame: Frame, position: number): Needs {
  const step = frame.steps[position - frame.first];
  if (step === undefined) return { turn: true, makers: [], world: EMPTY_WORLD };
  const world = viewFor(frame, position);
  const whole = step.plan.openness === 'opaque' || step.everything;
  const bound = processNames(world);
  const read = whole ? [...bound.keys()] : [...step.plan.reads, ...step.wants].filter((name) => bound.has(name));
  const makers = [...new Set(read.map((name) => bound.get(name) ?? ''))];
  return { turn: whole || makers.length > 0 || step.wants.length > 0, makers, world };
}
