// The state of a run from its log.

import type { RunId } from '@headwater/protocol';
import { evolve } from '../run/evolve.ts';
import { INITIAL_STATE, type RunState } from '../run/state.ts';
import { readEvents } from '../store/follow.ts';
import type { Store } from '../store/store.ts';

export async function foldRun(store: Store, run: RunId): Promise<RunState> {
  return (await readEvents(store, run.flow, run.number)).reduce(evolve, INITIAL_STATE);
}
