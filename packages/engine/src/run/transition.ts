// One step of a run: fold the event, say what follows. The live run, recovery and tests all use this.

import type { Event, EventBody, World } from '@headwater/protocol';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { frameAt, placeOfAttempt } from './frames.ts';
import { worldBefore } from './replay.ts';
import { describeStart, type Setting } from './setting.ts';
import { EMPTY_WORLD, type EventOf, type RunState } from './state.ts';
import { viewFor } from './world.ts';

export type Command =
  /** Append this event to the log and fold it. */
  | { readonly do: 'record'; readonly event: EventBody }
  | ({ readonly do: 'start' } & Issued)
  /** Report what an earlier run made in its place, or `task-missed`. */
  | ({ readonly do: 'seek' } & Issued)
  | { readonly do: 'go'; readonly id: string; readonly world: World }
  /** End the process of an attempt, or one that is parked. */
  | { readonly do: 'stop'; readonly id: string }
  /** Report `task-due` after so many milliseconds. */
  | { readonly do: 'wait'; readonly task: string; readonly ms: number }
  | { readonly do: 'end' };

interface Issued {
  readonly issued: EventOf<'task-issued'>;
  readonly world: World;
  readonly setting: Setting;
}

export function transition(state: RunState, event: Event): readonly [RunState, readonly Command[]] {
  const next = evolve(state, event);
  const decision = decide(next);
  const commands = [...effects(state, next, event), ...endParked(state, next, event)];
  if (decision !== null) commands.push({ do: 'record', event: decision });
  return [next, commands];
}

function* effects(before: RunState, after: RunState, event: Event): Generator<Command> {
  switch (event.type) {
    case 'task-issued':
      yield start(before, event);
      break;
    case 'task-released':
      yield { do: 'go', id: event.id, world: frameAt(after, placeOfAttempt(after, event.id))?.world ?? EMPTY_WORLD };
      break;
    case 'task-retried':
      if (event.wait > 0) yield { do: 'wait', task: event.id.slice(0, event.id.lastIndexOf('.')), ms: event.wait };
      break;
    case 'task-discarded':
    case 'task-expired':
    case 'task-stopped':
      if (before.active.get(event.id)?.sought !== true) yield { do: 'stop', id: event.id };
      break;
    case 'run-ended':
      yield { do: 'end' };
      break;
    default:
  }
}

function start(before: RunState, event: EventOf<'task-issued'>): Command {
  const place = placeOfAttempt(before, event.id);
  const frame = frameAt(before, place) ?? before;
  const world = event.replays === null ? viewFor(frame, place.position) : worldBefore(before, frame, event.replays);
  return { do: event.sought ? 'seek' : 'start', issued: event, world, setting: describeStart(before, frame, { event, world }) };
}

/** A branch that is over needs its parked processes no more: nobody else may read in them. */
function* endParked(before: RunState, after: RunState, event: Event): Generator<Command> {
  if (before.parked === after.parked || event.type === 'process-gone' || event.type === 'task-executed' || event.type === 'task-discarded') return;
  for (const process of Object.keys(before.parked)) if (!(process in after.parked)) yield { do: 'stop', id: process };
}
