// Attempts under way: lists that never change. As many run as there are workers, and another one twice a task: a short array costs a tenth
// of what a new Map does. Those whose results are looked for may be many, so they stand apart: whoever counts room does not pass them.

import type { Active } from './state.ts';

type Entry = readonly [id: string, active: Active];

export class Roster implements Iterable<Entry> {
  static readonly empty = new Roster([], []);
  /** Those that have a process. */
  readonly running: readonly Entry[];
  /** Those whose results are looked for. */
  readonly sought: readonly Entry[];

  private constructor(running: readonly Entry[], sought: readonly Entry[]) {
    this.running = running;
    this.sought = sought;
  }

  get size(): number {
    return this.running.length + this.sought.length;
  }

  get(id: string): Active | undefined {
    return (this.running.find(([each]) => each === id) ?? this.sought.find(([each]) => each === id))?.[1];
  }

  with(id: string, active: Active): Roster {
    return active.sought ? new Roster(this.running, withEntry(this.sought, [id, active])) : new Roster(withEntry(this.running, [id, active]), this.sought);
  }

  without(id: string): Roster {
    return new Roster(withoutEntry(this.running, id), withoutEntry(this.sought, id));
  }

  *[Symbol.iterator](): Iterator<Entry> {
    yield* this.running;
    yield* this.sought;
  }
}

function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const at = entries.findIndex(([each]) => each === entry[0]);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

function withoutEntry(entries: readonly Entry[], id: string): readonly Entry[] {
  const at = entries.findIndex(([each]) => each === id);
  return at < 0 ? entries : entries.toSpliced(at, 1);
}
