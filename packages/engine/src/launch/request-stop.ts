// Asking a run to stop: by a signal where its process is on this machine, and by a mark in the store, which works from anywhere.

import { stopKey, type Owner, type RunId } from '@headwater/protocol';
import type { Store } from '../store/store.ts';
import { isAlive } from './owner.ts';

export async function requestStop(store: Store, run: RunId, owner: Owner): Promise<void> {
  await store.create(stopKey(run.flow, run.number), JSON.stringify({ at: Date.now() }));
  if (isAlive(owner) === true) process.kill(owner.pid, 'SIGTERM');
}

/** Calls back once when somebody has asked; looks until the signal aborts. */
export function awaitStop(store: Store, run: RunId, stop: () => void, signal: AbortSignal): void {
  const key = stopKey(run.flow, run.number);
  const look = () => {
    void store.get(key).then((mark) => {
      if (mark !== null && !signal.aborted) stop();
    }, () => undefined);
  };
  store.watch(key, look, signal);
}
