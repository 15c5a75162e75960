// The runs of one flow, newest first, read as they are asked for: numbers count down from the newest, so that a page costs its own rows only.

import { isSetupName, lastNumberKey, recordKey, type Summary } from '@headwater/protocol';
import { asLost, asText, readRecord, readSummary, type Store } from '@headwater/engine';
import type { Candidate } from './filter.ts';
import { summaryOf } from './read-run.ts';
import { toRow } from './row.ts';

/** Files read at the same time. */
const BATCH = 64;
/** The hint of the newest number may lag behind by as many runs as were claimed at once. */
const PROBES = 8;

export class FlowIndex {
  readonly #store: Store;
  readonly flow: string;
  /** Ended runs never change, but for their tags, which `forget` takes care of. */
  readonly #ended = new Map<number, Candidate | null>();
  readonly #stepLists = new Map<string, readonly string[]>();

  constructor(store: Store, flow: string) {
    this.#store = store;
    this.flow = flow;
  }

  async newest(): Promise<number> {
    const hint = Number(asText(await this.#store.get(lastNumberKey(this.flow))));
    let newest = Number.isSafeInteger(hint) && hint > 0 ? hint : 0;
    for (let probe = newest + 1; probe <= newest + PROBES; probe += 1) if (await this.#store.has(recordKey(this.flow, probe))) newest = probe;
    return newest;
  }

  /** Downwards from below `before`, or from the newest. */
  async *runs(before: number | null): AsyncGenerator<Candidate> {
    for (let top = before ?? (await this.newest()) + 1; top > 1; top -= BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, top - 1) }, (_, at) => top - 1 - at);
      for (const candidate of await Promise.all(numbers.map((number) => this.read(number)))) if (candidate !== null) yield candidate;
    }
  }

  /** Null where there is no such run, or nothing of it can be read: the rest of the history must stay visible. */
  async read(number: number): Promise<Candidate | null> {
    const known = this.#ended.get(number);
    if (known !== undefined) return known;
    const summary = await this.#summary(number).catch(() => null);
    const candidate = summary === null ? null : { row: toRow(summary, null), steps: this.#steps(summary) };
    if (candidate !== null && candidate.row.status !== 'running') this.#ended.set(number, candidate);
    return candidate;
  }

  forget(number: number): void {
    this.#ended.delete(number);
  }

  async #summary(number: number): Promise<Summary | null> {
    const summary = await readSummary(this.#store, this.flow, number);
    if (summary !== null) return asLost(summary);
    const record = await readRecord(this.#store, this.flow, number);
    return record === null ? null : summaryOf(this.#store, record);
  }

  /** Runs of one flow mostly have the same steps: one list for all of them. */
  #steps(summary: Summary): readonly string[] {
    const steps = summary.steps.map((step) => step.name).filter((name) => !isSetupName(name));
    const key = steps.join('\n');
    const known = this.#stepLists.get(key) ?? steps;
    this.#stepLists.set(key, known);
    return known;
  }
}
