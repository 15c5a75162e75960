// Everything that is watched, once for all who look.

import type { RunId } from '@headwater/protocol';
import type { Store } from '@headwater/engine';
import { ListWatcher, type ListChange } from './list-watcher.ts';
import type { ReadRun } from './read-run.ts';
import { RunIndex } from './run-index.ts';
import { RunWatcher, watchKey } from './run-watcher.ts';

export interface Watch {
  readonly end: () => void;
  /** From here on nothing is missed. */
  readonly begun: Promise<void>;
}

export class Watchers {
  readonly #runs = new Map<string, RunWatcher>();
  readonly #lists = new Map<string, ListWatcher>();
  readonly #indexes = new Map<string, RunIndex>();

  index(store: Store): RunIndex {
    const known = this.#indexes.get(store.url) ?? new RunIndex(store);
    this.#indexes.set(store.url, known);
    return known;
  }

  watchRun(store: Store, id: RunId, listener: (run: ReadRun | null) => void): () => void {
    const key = watchKey(store, id);
    const watcher = this.#runs.get(key) ?? new RunWatcher(store, { flow: id.flow, number: id.number });
    this.#runs.set(key, watcher);
    const end = watcher.listen(listener);
    return () => {
      end();
      if (!watcher.idle) return;
      watcher.close();
      if (this.#runs.get(key) === watcher) this.#runs.delete(key);
    };
  }

  watchList(store: Store, listener: (change: ListChange) => void, fromStart: boolean): Watch {
    const watcher = this.#lists.get(store.url) ?? new ListWatcher({ store, index: this.index(store), watchers: this });
    this.#lists.set(store.url, watcher);
    const stop = watcher.listen(listener, fromStart);
    const end = () => {
      stop();
      if (!watcher.idle) return;
      watcher.close();
      if (this.#lists.get(store.url) === watcher) this.#lists.delete(store.url);
    };
    return { end, begun: watcher.looked };
  }

  /** Something was started through this service: its list need not wait. */
  nudge(store: string): void {
    void this.#lists.get(store)?.look();
  }

  close(): void {
    for (const watcher of [...this.#runs.values(), ...this.#lists.values()]) watcher.close();
  }
}
