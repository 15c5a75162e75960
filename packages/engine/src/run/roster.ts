// Attempts whose processes run: a list that never changes. As many as there are workers, and another one twice a task: a short array costs
// a tenth of what a new Map does.

import type { Active } from './state.ts';

type Entry = readonly [id: string, active: Active];

export class Roster implements Iterable<Entry> {
  static readonly empty = new Roster([]);
  readonly #entries: readonly Entry[];

  private constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  get(id: string): Active | undefined {
    return this.#entries.find(([each]) => each === id)?.[1];
  }

  with(id: string, active: Active): Roster {
    const entry: Entry = [id, active];
    const at = this.#entries.findIndex(([each]) => each === id);
    return new Roster(at < 0 ? [...this.#entries, entry] : this.#entries.with(at, entry));
  }

  without(id: string): Roster {
    return new Roster(this.#entries.filter(([each]) => each !== id));
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }
}
