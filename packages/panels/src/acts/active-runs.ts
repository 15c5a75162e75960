// Runs under way in the stores of the open notebooks: for the status bar, and a word when one that was started here has ended.

import type { RunRow } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { Listeners } from './listeners.ts';

export interface ActiveRun {
  readonly store: string;
  readonly row: RunRow;
}

export class ActiveRuns {
  readonly changed = new Listeners();
  readonly ended = new Listeners<ActiveRun>();
  readonly #running = new Map<string, ActiveRun>();
  readonly #mine = new Set<string>();

  constructor(backend: Backend) {
    backend.on('runsChanged', ({ store, rows, gone }) => {
      for (const row of rows) this.#meet({ store, row });
      for (const run of gone) this.#running.delete(`${store}\n${run}`);
      this.changed.tell();
    });
    backend.onState((state) => {
      // What went on meanwhile is told anew.
      if (state.kind === 'open') this.#running.clear();
      this.changed.tell();
    });
  }

  get running(): readonly ActiveRun[] {
    return [...this.#running.values()];
  }

  /** It was started from this window. */
  own(store: string, run: string): void {
    this.#mine.add(`${store}\n${run}`);
  }

  #meet(active: ActiveRun): void {
    const key = `${active.store}\n${active.row.run}`;
    if (active.row.status === 'running') {
      this.#running.set(key, active);
      return;
    }
    this.#running.delete(key);
    if (this.#mine.delete(key)) this.ended.tell(active);
  }
}
