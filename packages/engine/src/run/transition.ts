// One step of a run: fold the event, say what follows. The live run, recovery and tests all use this.

import type { Event, EventBody, World } from '@headwater/protocol';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { EventOf, RunState } from './state.ts';
import { EMPTY_WORLD, positionOf } from './state.ts';
import { applyDelta, viewFor } from './world.ts';

export type Command =
  /** Append this event to the log and fold it. */
  | { readonly do: 'record'; readonly event: EventBody }
  | { readonly do: 'start'; readonly issued: EventOf<'task-issued'>; readonly world: World }
  | { readonly do: 'go'; readonly id: string; readonly world: World }
  /** End the process of an attempt. */
  | { readonly do: 'stop'; readonly id: string }
  | { readonly do: 'end' };

export function transition(state: RunState, event: Event): readonly [RunState, readonly Command[]] {
  const next = evolve(state, event);
  const decision = decide(next);
  const commands = [...effects(state, next, event)];
  if (decision !== null) commands.push({ do: 'record', event: decision });
  return [next, commands];
}

function* effects(before: RunState, after: RunState, event: Event): Generator<Command> {
  switch (event.type) {
    case 'task-issued':
      yield { do: 'start', issued: event, world: event.replays === null ? viewFor(before, before.steps.findIndex((step) => step.plan.name === event.step)) : worldBefore(before, event.replays) };
      break;
    case 'task-released':
      yield { do: 'go', id: event.id, world: after.world };
      break;
    case 'task-discarded':
    case 'task-stopped':
      yield { do: 'stop', id: event.id };
      break;
    case 'run-ended':
      yield { do: 'end' };
      break;
    default:
  }
}

/** The world an attempt began with: everything committed above it. */
function worldBefore(state: RunState, attempt: string): World {
  return state.steps.slice(0, positionOf(state, attempt)).reduce((world, step) => (
    step.current?.report?.outcome === 'done' ? applyDelta(world, step.current.report.delta) : world
  ), EMPTY_WORLD);
}
