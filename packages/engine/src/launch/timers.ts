// The clock of a run: waits between tries, and how long a task may take. Time spent held before an effect outside does not count.

import type { Died, Event, EventBody } from '@headwater/protocol';
import { frameAt, placeOfAttempt } from '../run/frames.ts';
import type { RunState } from '../run/state.ts';

export class Timers {
  readonly #waits = new Map<string, NodeJS.Timeout>();
  readonly #limits = new Map<string, { left: number; since: number; timer: NodeJS.Timeout | null; expire: () => void }>();

  wait(task: string, ms: number, done: () => void): void {
    this.#waits.set(task, setTimeout(() => {
      this.#waits.delete(task);
      done();
    }, ms));
  }

  /** Starts the clock of an attempt, or lets it go on. */
  run(id: string, ms: number, expire: () => void): void {
    const limit = this.#limits.get(id) ?? { left: ms, since: 0, timer: null, expire };
    if (limit.timer !== null) return;
    this.#limits.set(id, { ...limit, since: Date.now(), timer: setTimeout(limit.expire, Math.max(0, limit.left)) });
  }

  pause(id: string): void {
    const limit = this.#limits.get(id);
    if (limit?.timer == null) return;
    clearTimeout(limit.timer);
    this.#limits.set(id, { ...limit, left: limit.left - (Date.now() - limit.since), timer: null });
  }

  end(id: string): void {
    this.pause(id);
    this.#limits.delete(id);
  }

  close(): void {
    for (const timer of this.#waits.values()) clearTimeout(timer);
    for (const id of [...this.#limits.keys()]) this.end(id);
  }
}

interface Clock {
  readonly state: RunState;
  readonly timers: Timers;
  readonly expire: (event: EventBody) => void;
}

/** The clock runs from the first cell on. */
export function watchTime(event: Event, { state, timers, expire }: Clock): void {
  switch (event.type) {
    case 'task-began':
    case 'task-released': {
      const { id } = event;
      const place = placeOfAttempt(state, id);
      const frame = frameAt(state, place);
      const step = frame?.steps[place.position - frame.first];
      const ms = step?.plan.control.timeoutMs ?? null;
      if (ms === null || step?.current?.id !== id) return;
      timers.run(id, ms, () => expire({ type: 'task-expired', id, report: describeExpiry(id, ms) }));
      return;
    }
    case 'task-held':
      timers.pause(event.id);
      return;
    case 'task-executed':
    case 'task-died':
    case 'task-expired':
    case 'task-discarded':
    case 'task-stopped':
      timers.end(event.id);
      return;
    default:
  }
}

function describeExpiry(id: string, ms: number): Died {
  return { type: 'died', id, cause: 'timeout', code: 0, sentence: `it ran longer than its timeout of ${formatTime(ms)}`, cell: null, peakBytes: 0 };
}

function formatTime(ms: number): string {
  const units: readonly (readonly [number, string])[] = [[3_600_000, 'h'], [60_000, 'm'], [1000, 's']];
  const [size, unit] = units.find(([each]) => ms >= each && ms % each === 0) ?? [1, 'ms'];
  return `${ms / size}${unit}`;
}
