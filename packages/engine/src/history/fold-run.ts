// The state of a run from its log.

import type { RunId } from '@headwater/protocol';
import { evolve } from '../run/evolve.ts';
import { INITIAL_STATE, type RunState } from '../run/state.ts';
import { readEvents } from '../store/follow.ts';
import type { Store } from '../store/store.ts';
import { foldWaiting, newWaiting } from './waiting.ts';

export async function foldRun(store: Store, run: RunId): Promise<RunState> {
  return (await readEvents(store, run.flow, run.number)).reduce(evolve, INITIAL_STATE);
}

/** With how long the tasks of each step waited, in milliseconds. */
export async function foldRunWaiting(store: Store, run: RunId): Promise<{ state: RunState; waited: ReadonlyMap<string, number> }> {
  const waiting = newWaiting();
  let state = INITIAL_STATE;
  for (const event of await readEvents(store, run.flow, run.number)) {
    foldWaiting(waiting, state, event);
    state = evolve(state, event);
  }
  return { state, waited: waiting.waited };
}
