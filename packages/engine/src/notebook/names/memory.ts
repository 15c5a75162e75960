// What the flow has made known about names so far. A scratch cell gets a layer of its own, thrown away afterwards.

import { UNKNOWN, type Known, type Tie } from './known.ts';

/** What is known beside names. */
export interface Circumstances {
  /** Modules of which everything was imported. */
  readonly starred: readonly string[];
  /** `from __future__ import annotations` holds from here on. */
  readonly future: boolean;
  /** Process state that was set so far: before, using it is nobody's business. */
  readonly state: readonly string[];
}

/** What was asked of a memory and what it was told, so that the same need not be worked out again. */
export interface Notes {
  readonly asked: Map<string, Known | null>;
  readonly told: Map<string, Known>;
}

export class Memory {
  readonly #parent: Memory | null;
  readonly #known = new Map<string, Known>();
  circumstances: Circumstances;
  /** Written while somebody keeps notes. */
  notes: Notes | null = null;

  constructor(parent: Memory | null = null) {
    this.#parent = parent;
    this.circumstances = parent === null ? { starred: [], future: false, state: [] } : parent.circumstances;
  }

  get(name: string): Known | null {
    const known = this.#known.get(name) ?? this.#parent?.get(name) ?? null;
    if (this.notes !== null && !this.notes.told.has(name) && !this.notes.asked.has(name)) this.notes.asked.set(name, known);
    return known;
  }

  set(name: string, known: Known): void {
    this.#known.set(name, known);
    this.notes?.told.set(name, known);
  }

  tie(name: string): Tie {
    return { name, version: this.get(name)?.version ?? 0 };
  }

  holds(tie: Tie): boolean {
    return (this.get(tie.name)?.version ?? 0) === tie.version;
  }

  /** All names whose content changes when that of these does. */
  spread(names: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const queue = [...names];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      const known = this.get(name) ?? UNKNOWN;
      // An iterator goes on without a change of what it goes through.
      for (const tie of known.kind === 'stream' ? known.same : [...known.same, ...known.wholes]) if (this.holds(tie)) queue.push(tie.name);
    }
    return found;
  }

  /** What the object was made of. */
  contents(names: Iterable<string>): Set<string> {
    const found = new Set<string>();
    for (const name of names) for (const tie of this.get(name)?.parts ?? []) if (this.holds(tie)) found.add(tie.name);
    return found;
  }
}
