// Room on this machine: cores, memory and GPUs that attempts under way take, and what the next one would.

import { NO_ASKS, readSize } from '@headwater/protocol';
import { opensIn, positionOf, stepAt } from './frames.ts';
import type { Active, Fan, Frame, RunState, StepState } from './state.ts';
import { currentVersion } from './world.ts';

/** Each time a step ran out of memory and is tried again for it, it may take so much more. */
const GROWTH = 1.5;

/** Results looked for at once: enough to come past most of what is there to the first task that must run, and issued in a moment. */
const SOUGHT_AT_ONCE = 512;

/** What an attempt takes whose result is looked for. */
export const SOUGHT: Active = { where: 'local', bytes: 0, cpus: 0, gpus: [], held: false, sought: true };

export type Asking = Pick<StepState, 'plan' | 'shortages'>;

/** What an attempt at `position` asks for. A list is taken apart where it was made: where that is elsewhere than its branches, it asks for nothing. */
export function askingAt(state: RunState, frame: Frame, position: number): Asking | undefined {
  const step = stepAt(frame, position);
  if (step === undefined || !opensIn(state, frame, position)) return step;
  const maker = state.steps[positionOf(state, currentVersion(frame.world, step.plan.control.foreach?.list ?? ''))];
  if (maker === undefined || maker.plan.where === step.plan.where) return step;
  return { plan: { ...step.plan, where: maker.plan.where, asks: NO_ASKS, expectedBytes: null }, shortages: 0 };
}

export const isLocal = ({ plan }: Asking) => plan.where === 'local';

/** The most memory it may take, in bytes, as its tags say; null: whatever there is. */
export function memoryLimit({ plan: { asks }, shortages }: Asking): number | null {
  const limit = readSize(asks.limits['memory'] ?? '') ?? asks.memoryBytes;
  return limit === null ? null : Math.round(limit * GROWTH ** shortages);
}

/** What an attempt of the step takes while it runs: as its tags say, else what it took last time. */
export function takeRoom(state: RunState, step: Asking): Active {
  const { where, asks, expectedBytes } = step.plan;
  const asked = asks.memoryBytes === null ? null : asks.memoryBytes * GROWTH ** step.shortages;
  return { where, bytes: asked ?? expectedBytes ?? 0, cpus: asks.cpus ?? 1, gpus: where === 'local' && asks.gpus !== null ? freeGpus(state).slice(0, asks.gpus) : [], held: false, sought: false };
}

function freeGpus({ gpus, active }: RunState): number[] {
  const taken = new Set(active.running.flatMap(([, each]) => (each.held ? [] : each.gpus)));
  return Array.from({ length: gpus }, (_, at) => at).filter((at) => !taken.has(at));
}

/** The step whose turn it is always fits, but for GPUs; what runs elsewhere needs no room here. */
export function hasRoom(state: RunState, step: Asking): boolean {
  const local = isLocal(step);
  let [running, cpus, bytes] = [0, 0, 0];
  for (const [, each] of state.active.running) {
    if (each.held || (each.where === 'local') !== local) continue;
    running += 1;
    cpus += each.cpus;
    bytes += each.bytes;
  }
  if (!local) return running < state.workersElsewhere;
  if (running === 0) return true;
  const next = takeRoom(state, step);
  return cpus + next.cpus <= state.workers && hasGpus(state, step) && (state.memoryBytes === 0 || bytes + next.bytes <= state.memoryBytes);
}

/** Looking for a result takes no worker. */
export function maySeek(state: RunState): boolean {
  return state.active.sought.length < SOUGHT_AT_ONCE;
}

/** The next branch may be opened to look for what it made: those that found nothing wait in theirs for room. */
export const mayOpenAhead = (fan: Fan) => fan.open.length < SOUGHT_AT_ONCE;

export function hasGpus(state: RunState, step: Asking): boolean {
  const asked = isLocal(step) ? step.plan.asks.gpus ?? 0 : 0;
  return asked === 0 || asked <= freeGpus(state).length;
}

/** GPUs that an attempt of the step gets if it is issued now; null where nobody deals them out. */
export function gpusOf(state: RunState, step: Asking): number[] | null {
  return isLocal(step) && step.plan.asks.gpus !== null ? [...takeRoom(state, step).gpus] : null;
}
