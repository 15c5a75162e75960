// The runs of a store watched for everybody who shows a list: new ones, those under way, those that are gone.

import { formatRunId, lastNumberKey, MOST_EVENTS_A_SECOND, type RunRow } from '@headwater/protocol';
import { asText, type Store } from '@headwater/engine';
import { Coalescer } from '../transport/coalesce.ts';
import { toRow } from './row.ts';
import type { RunIndex } from './run-index.ts';
import type { Watchers } from './watchers.ts';

/** How often it looks for new runs: no store tells of them. */
const LOOK_MS = 500;
/** Runs under way are looked for among as many of the newest; what was tagged or deleted, every so many looks. */
const NEWEST = 200;
const SELDOM = 10;

export interface ListChange {
  readonly rows: readonly RunRow[];
  readonly gone: readonly string[];
}

export interface ListSource {
  readonly store: Store;
  readonly index: RunIndex;
  readonly watchers: Watchers;
}

export class ListWatcher {
  /** The first look is over: whatever turns up from here on is told. */
  readonly looked: Promise<void>;
  readonly #source: ListSource;
  readonly #listeners = new Set<(change: ListChange) => void>();
  readonly #coalescer: Coalescer;
  readonly #timer: NodeJS.Timeout;
  readonly #hints = new Map<string, string>();
  /** Runs under way, and what ends following them. */
  readonly #following = new Map<string, () => void>();
  readonly #known = new Map<string, RunRow>();
  readonly #changed = new Map<string, RunRow>();
  #gone: string[] = [];
  #fromStart = false;
  #looks = 0;
  #busy = false;

  constructor(source: ListSource) {
    this.#source = source;
    this.#coalescer = new Coalescer(1000 / MOST_EVENTS_A_SECOND, () => this.#tell());
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
    this.looked = this.look();
  }

  /** `fromStart`: whoever listens has waited for the store to come into being, so every run in it is new to them. */
  listen(listener: (change: ListChange) => void, fromStart: boolean): () => void {
    this.#listeners.add(listener);
    if (fromStart) {
      this.#fromStart = true;
      for (const row of this.#known.values()) this.#put(row);
    }
    return () => this.#listeners.delete(listener);
  }

  get idle(): boolean {
    return this.#listeners.size === 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#coalescer.stop();
    for (const end of this.#following.values()) end();
  }

  async look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (const flow of await this.#source.index.flowNames()) await this.#lookAtFlow(flow);
      this.#looks += 1;
      if (this.#looks % SELDOM === 0) await this.#lookForChanges();
    } catch {
      // The store is away for the moment: the next look may find it.
    } finally {
      this.#busy = false;
    }
  }

  async #lookAtFlow(flow: string): Promise<void> {
    const { store, index } = this.#source;
    const hint = asText(await store.get(lastNumberKey(flow))) ?? '';
    const before = this.#hints.get(flow);
    if (hint === before) return;
    this.#hints.set(flow, hint);
    const newest = await index.flow(flow).newest();
    // What the first look finds was there before; a flow that turns up later is new, and its run may have ended by then.
    const isNew = before !== undefined || this.#looks > 0 || this.#fromStart;
    const first = before === undefined ? Math.max(1, newest - NEWEST + 1) : Number(before) + 1;
    for (let number = newest; number >= first; number -= 1) {
      const candidate = await index.flow(flow).read(number);
      if (candidate !== null) this.#meet(candidate.row, isNew);
    }
  }

  #meet(row: RunRow, isNew: boolean): void {
    this.#known.set(row.run, row);
    if (isNew) this.#put(row);
    if (row.status !== 'running' || this.#following.has(row.run)) return;
    this.#following.set(row.run, this.#source.watchers.watchRun(this.#source.store, row, (run) => {
      if (run === null) return;
      const now = toRow(run.summary, run.folded);
      this.#put(now);
      if (now.status === 'running') return;
      this.#following.get(row.run)?.();
      this.#following.delete(row.run);
    }));
  }

  #put(row: RunRow): void {
    const before = this.#known.get(row.run);
    this.#known.set(row.run, row);
    if (before?.status !== row.status || !this.#changed.has(row.run)) this.#source.index.changed(row.flow, row.number);
    this.#changed.set(row.run, row);
    this.#coalescer.changed();
  }

  /** Deleted or tagged by somebody else: the index says what its look through the store has found. */
  async #lookForChanges(): Promise<void> {
    const { index } = this.#source;
    for (const flow of new Set([...await index.flowNames(), ...[...this.#known.values()].map((row) => row.flow)])) {
      const runs = index.flow(flow);
      const met = [...this.#known.values()].filter((row) => row.flow === flow);
      await runs.refresh(() => index.calm());
      const { changed, gone, present } = runs.take();
      for (const number of changed) {
        const candidate = await runs.read(number);
        if (candidate !== null) this.#put(candidate.row);
      }
      for (const number of gone) this.#lose(flow, number);
      // A run that came and went between two looks was in neither.
      for (const { number } of met) if (present?.has(number) === false && !gone.includes(number) && await runs.read(number) === null) this.#lose(flow, number);
    }
  }

  #lose(flow: string, number: number): void {
    const run = formatRunId({ flow, number });
    this.#known.delete(run);
    this.#source.index.changed(flow, number);
    this.#gone.push(run);
    this.#coalescer.changed();
  }

  #tell(): void {
    const change = { rows: [...this.#changed.values()], gone: this.#gone };
    this.#changed.clear();
    this.#gone = [];
    for (const listener of this.#listeners) listener(change);
  }
}
