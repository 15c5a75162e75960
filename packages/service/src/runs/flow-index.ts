// The runs of one flow, newest first. A page reads its own rows only, counting down from the newest number; what searches and counts need is
// brought up to date beside that, from the cache and what has changed in the store since.

import { isSetupName, lastNumberKey, recordKey, summariesPrefix, summaryNumber, type Summary } from '@headwater/protocol';
import { asLost, asText, readRecord, readSummary, type Store } from '@headwater/engine';
import type { Candidate } from './filter.ts';
import { IndexFile, type Known } from './index-file.ts';
import { summaryOf } from './read-run.ts';
import { toRow } from './row.ts';

/** Files read at the same time. */
const BATCH = 64;
/** The hint of the newest number may lag behind by as many runs as were claimed at once. */
const PROBES = 8;
/** Looking through a store may take this part of the time at most, and is not done again at once. */
const SHARE = 20;
const SOONEST_MS = 2000;

export interface Changes {
  readonly changed: readonly number[];
  readonly gone: readonly number[];
}

const NO_CHANGES: Changes = { changed: [], gone: [] };

export class FlowIndex {
  readonly flow: string;
  readonly #store: Store;
  readonly #file: IndexFile;
  /** Ended runs as of the last look through the store; null before the first. */
  #known: Map<number, Known> | null = null;
  /** Ended runs read since. */
  readonly #fresh = new Map<number, Candidate>();
  /** Changed while a look was under way. */
  readonly #changing = new Set<number>();
  /** Every run that the last look found; null before the first. */
  #present: ReadonlySet<number> | null = null;
  /** Found by looks of whoever needed one, and told to nobody yet who watches. */
  readonly #untold = { changed: new Set<number>(), gone: new Set<number>() };
  #looking: Promise<Changes> | null = null;
  #next = 0;

  constructor(store: Store, flow: string) {
    this.#store = store;
    this.flow = flow;
    this.#file = new IndexFile(store.url, flow);
  }

  async newest(): Promise<number> {
    const hint = Number(asText(await this.#store.get(lastNumberKey(this.flow))));
    let newest = Number.isSafeInteger(hint) && hint > 0 ? hint : 0;
    for (let more = await this.#beyond(newest); more > 0; more = await this.#beyond(newest)) newest += more;
    return newest;
  }

  /** How far the next runs reach beyond this one. All are asked for at once: a store elsewhere takes a while for each. */
  async #beyond(number: number): Promise<number> {
    const probes = await Promise.all(Array.from({ length: PROBES }, (_, at) => this.#store.has(recordKey(this.flow, number + 1 + at))));
    return probes.lastIndexOf(true) + 1;
  }

  /** Downwards from below `before`, or from the newest. */
  async *runs(before: number | null): AsyncGenerator<Candidate> {
    for (let top = before ?? (await this.newest()) + 1; top > 1; top -= BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, top - 1) }, (_, at) => top - 1 - at);
      const found = numbers.map((number) => this.#recall(number));
      const read = found.includes(undefined) ? await Promise.all(numbers.map((number) => this.read(number))) : found;
      for (const candidate of read) if (candidate != null) yield candidate;
    }
  }

  /** Null where there is no such run, or nothing of it can be read: the rest of the history must stay visible. */
  async read(number: number): Promise<Candidate | null> {
    return this.#recall(number) ?? this.#read(number);
  }

  /** It is new or has changed. */
  forget(number: number): void {
    this.#fresh.delete(number);
    this.#known?.delete(number);
    this.#changing.add(number);
  }

  /** Looks through the store unless that was just done: says what has changed since the last time, but not the first time. `calm` is waited for in between. */
  refresh(calm: () => Promise<void> = () => Promise.resolve()): Promise<Changes> {
    if (this.#looking === null && performance.now() < this.#next) return Promise.resolve(NO_CHANGES);
    this.#looking ??= this.#look(calm).finally(() => { this.#looking = null; });
    return this.#looking;
  }

  /** For who watches: what looks have found since this was last asked, and every run there was at the newest one. */
  take(): Changes & { readonly present: ReadonlySet<number> | null } {
    const taken = { changed: [...this.#untold.changed], gone: [...this.#untold.gone], present: this.#present };
    this.#untold.changed.clear();
    this.#untold.gone.clear();
    return taken;
  }

  async #look(calm: () => Promise<void>): Promise<Changes> {
    const began = performance.now();
    const isFirst = this.#known === null;
    const before = this.#known ?? await this.#file.load();
    this.#changing.clear();
    await calm();
    const stamps = await this.#stamps();
    const now = new Map([...stamps].flatMap(([number, stamp]) => { const same = before.get(number); return same?.stamp === stamp ? [[number, same] as const] : []; }));
    const others = [...stamps].filter(([number]) => !now.has(number));
    await this.#readAll(others, now, calm);
    const gone = [...before.keys()].filter((number) => !stamps.has(number));
    const changed = others.map(([number]) => number).filter((number) => now.has(number));
    for (const number of this.#changing) now.delete(number);
    this.#known = now;
    this.#present = new Set(stamps.keys());
    this.#fresh.clear();
    if (changed.length > 0 || gone.length > 0) await this.#file.save(now);
    this.#next = performance.now() + Math.max(SOONEST_MS, SHARE * (performance.now() - began));
    if (isFirst) return NO_CHANGES;
    for (const number of changed) this.#untold.changed.add(number);
    for (const number of gone) this.#untold.gone.add(number);
    return { changed, gone };
  }

  /** Of every summary there is. */
  async #stamps(): Promise<Map<number, string>> {
    const entries = await this.#store.entries(summariesPrefix(this.flow));
    return new Map(entries.flatMap(({ key, size, modified }) => { const number = summaryNumber(key); return number === null ? [] : [[number, `${size} ${modified}`] as const]; }));
  }

  /** Those that have ended; a run under way is read anew whenever it is asked for. */
  async #readAll(others: readonly (readonly [number: number, stamp: string])[], into: Map<number, Known>, calm: () => Promise<void>): Promise<void> {
    for (let at = 0; at < others.length; at += BATCH) {
      await calm();
      await Promise.all(others.slice(at, at + BATCH).map(async ([number, stamp]) => {
        const summary = await readSummary(this.#store, this.flow, number).catch(() => null);
        if (summary === null || summary.status === 'running') return;
        into.set(number, { stamp, text: JSON.stringify(toCandidate(summary)) });
      }));
    }
  }

  #recall(number: number): Candidate | undefined {
    const known = this.#known?.get(number);
    return known === undefined ? this.#fresh.get(number) : JSON.parse(known.text) as Candidate;
  }

  async #read(number: number): Promise<Candidate | null> {
    const summary = await this.#summary(number).catch(() => null);
    if (summary === null) return null;
    const candidate = toCandidate(summary);
    if (candidate.row.status !== 'running') this.#fresh.set(number, candidate);
    return candidate;
  }

  async #summary(number: number): Promise<Summary | null> {
    const summary = await readSummary(this.#store, this.flow, number);
    if (summary !== null) return asLost(summary);
    const record = await readRecord(this.#store, this.flow, number);
    return record === null ? null : summaryOf(this.#store, record);
  }
}

const toCandidate = (summary: Summary): Candidate => ({ row: toRow(summary, null), steps: summary.steps.map((step) => step.name).filter((name) => !isSetupName(name)) });
