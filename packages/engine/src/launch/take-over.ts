// Taking a run over from an engine that is gone, or only seems to be: its log is ended, so that it cannot go on unnoticed.

import { eventsKey, type Event, type RunId } from '@headwater/protocol';
import { isRemote } from '../store/open-store.ts';
import { readEvents } from '../store/follow.ts';
import type { Store } from '../store/store.ts';

/** An engine that still lives may write in between. */
const TRIES = 20;

/** Everything that happened in the run; where other engines may write to its log from elsewhere, nothing more will. */
export async function takeOver(store: Store, run: RunId): Promise<Event[]> {
  for (let left = TRIES; ; left -= 1) {
    const events = await readEvents(store, run.flow, run.number);
    const last = events.at(-1);
    // On a disk its process can be asked whether it lives; only in a place shared by machines a log has to be taken.
    if (!isRemote(store.url) || last === undefined || last.type === 'run-ended') return events;
    const log = await store.openLog(eventsKey(run.flow, run.number));
    const end: Event = { n: last.n + 1, t: Date.now(), type: 'run-ended', status: 'lost' };
    try {
      await log.append(`${JSON.stringify(end)}\n`);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
