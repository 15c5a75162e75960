// What a step needs before it may start: providers, its turn, a parked process.

import type { World } from '@headwater/protocol';
import type { RunState, StepState } from './state.ts';
import { processNames, viewFor } from './world.ts';

export interface Needs {
  /** Must wait until every earlier step is settled. */
  readonly turn: boolean;
  /** Attempts that made unstorable values it reads. */
  readonly makers: readonly string[];
  readonly world: World;
}

/** Steps whose results it builds on are done, or executed and waiting for their commit: a pod is too dear for a guess. */
export function providersDone(state: RunState, step: StepState): boolean {
  return [...step.after].every((at) => {
    const provider = state.steps[at];
    return at < state.settled || (step.plan.where === 'local' && provider?.current?.report?.outcome === 'done');
  });
}

export function findNeeds(state: RunState, position: number): Needs {
  const step = state.steps[position];
  const world = viewFor(state, position);
  if (step === undefined) return { turn: true, makers: [], world };
  const whole = step.plan.openness === 'opaque' || step.everything;
  const bound = processNames(world);
  const read = whole ? [...bound.keys()] : [...step.plan.reads, ...step.wants].filter((name) => bound.has(name));
  const makers = [...new Set(read.map((name) => bound.get(name) ?? ''))];
  return { turn: whole || makers.length > 0 || step.wants.length > 0, makers, world };
}
