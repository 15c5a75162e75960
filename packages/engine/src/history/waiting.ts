// How long tasks waited: for a free core, memory or a process, and for their turn before an effect outside. A fold over the same events as the state.

import { parseTask, type Event } from '@headwater/protocol';
import { readAttempt } from '../run/frames.ts';
import type { RunState } from '../run/state.ts';

export interface Waiting {
  /** Task → when it was executed last, or may be tried again: whoever reads of it could start then. */
  readonly ready: Map<string, number>;
  /** Attempt → since when it waits. */
  readonly since: Map<string, number>;
  /** Step → milliseconds that its tasks have waited. */
  readonly waited: Map<string, number>;
  began: number;
}

export const newWaiting = (): Waiting => ({ ready: new Map(), since: new Map(), waited: new Map(), began: 0 });

/** Changes `waiting`; `state` is the state before the event. */
export function foldWaiting(waiting: Waiting, state: RunState, event: Event): void {
  switch (event.type) {
    case 'run-started':
      waiting.began = event.t;
      break;
    case 'task-issued':
      if (event.replays === null) waiting.since.set(event.id, readyAt(waiting, state, event));
      break;
    case 'task-began':
    case 'task-released':
      stop(waiting, event.id, event.t);
      break;
    case 'task-held':
      stop(waiting, event.id, event.t);
      waiting.since.set(event.id, event.t);
      break;
    case 'task-retried':
      waiting.ready.set(event.id.slice(0, event.id.lastIndexOf('.')), event.t + event.wait);
      break;
    case 'task-executed':
      stop(waiting, event.id, event.t);
      waiting.ready.set(event.id.slice(0, event.id.lastIndexOf('.')), event.t);
      break;
    default:
  }
}

function stop(waiting: Waiting, id: string, t: number): void {
  const since = waiting.since.get(id);
  if (since === undefined) return;
  const { step } = readAttempt(id);
  waiting.waited.set(step, (waiting.waited.get(step) ?? 0) + Math.max(0, t - since));
  waiting.since.delete(id);
}

/** When everything it waits for by its names had executed, or its wait between tries was over. */
function readyAt({ ready, began }: Waiting, state: RunState, { task, step }: Extract<Event, { type: 'task-issued' }>): number {
  const indices = parseTask(task)?.indices ?? [];
  const before = [...state.after[state.positions.get(step) ?? -1] ?? []].map((at) => timeOf(ready, state.steps[at]?.plan.name ?? '', indices));
  return Math.max(began, ready.get(task) ?? 0, ...before);
}

/** In the same branch, or around it. */
function timeOf(ready: ReadonlyMap<string, number>, step: string, indices: readonly number[]): number {
  for (let depth = indices.length; depth >= 0; depth -= 1) {
    const found = ready.get(depth === 0 ? step : `${step}[${indices.slice(0, depth).join(',')}]`);
    if (found !== undefined) return found;
  }
  return 0;
}
