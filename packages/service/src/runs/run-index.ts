// The runs of a store: pages over one flow or all, newest first, and how many each chip stands for. Disposable: rebuilt from the store.

import { FLOWS_PREFIX, summariesPrefix, summaryKeyIn, SummarySchema, decodeText, type Params, type RunPage, type RunRow } from '@headwater/protocol';
import { asText, type Store } from '@headwater/engine';
import { parseFilter, type Candidate, type Test } from './filter.ts';
import { FlowIndex } from './flow-index.ts';

/** A search goes on with the next page after as many runs or as long as this, so that something is seen meanwhile. */
const MOST_LOOKED_AT = 20_000;
const MOST_MS = 1500;
/** Runs counted before others get their turn. */
const BREATH = 512;

type Choice = Params<'runs'>;
type Cursor = Readonly<Record<string, number>>;
interface Counts { running: number; failed: number; tagged: number; total: number }

export class RunIndex {
  readonly #store: Store;
  readonly #flows = new Map<string, FlowIndex>();
  readonly #prefixes = new Map<string, string>();
  readonly #counts = new Map<string, Counts>();
  readonly #counting = new Set<string>();
  /** Pages that somebody waits for. */
  #pages = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  flow(name: string): FlowIndex {
    const known = this.#flows.get(name) ?? new FlowIndex(this.#store, name);
    this.#flows.set(name, known);
    return known;
  }

  /** A flow's name stands in its summaries; its folder only has a safe form of it. */
  async flowNames(): Promise<string[]> {
    const prefixes = (await this.#store.list(FLOWS_PREFIX)).filter((prefix) => prefix.endsWith('/'));
    const names = await Promise.all(prefixes.map(async (prefix) => this.#prefixes.get(prefix) ?? this.#readName(prefix)));
    return names.filter((name) => name !== null).sort();
  }

  async page(choice: Choice, now: number): Promise<RunPage> {
    this.#pages += 1;
    try {
      return await this.#page(choice, now);
    } finally {
      this.#pages -= 1;
    }
  }

  /** Resolves when nobody has waited for a page for a moment. */
  async calm(): Promise<void> {
    while (this.#pages > 0) await new Promise((resolve) => setTimeout(resolve, CALM_MS));
  }

  async #page(choice: Choice, now: number): Promise<RunPage> {
    const filter = parseFilter(choice.filter, now);
    const flows = await this.flowNames();
    const chosen = choice.flow === null ? flows : [choice.flow];
    const { rows, next } = await this.#collect(chosen, choice, filter.matches);
    const counts = this.#countsOf(chosen);
    const total = counts?.total ?? (await this.#estimate(chosen));
    return { rows, next, total, counts: counts === null ? null : { running: counts.running, failed: counts.failed, tagged: counts.tagged }, flows, complaint: filter.complaint };
  }

  /** A run is new or has changed: what was counted is counted again. */
  changed(flow: string, number: number): void {
    this.flow(flow).forget(number);
    this.#counts.delete(flow);
  }

  async #readName(prefix: string): Promise<string | null> {
    const text = await this.#readOne(prefix);
    try {
      const name = text === null ? null : decodeText(SummarySchema, text, prefix).flow;
      // The keys a name leads to must be those it was found under: a summary that says otherwise was not written by us.
      if (name === null || summariesPrefix(name) !== `${prefix}summaries/`) return null;
      this.#prefixes.set(prefix, name);
      return name;
    } catch {
      return null;
    }
  }

  /** The newest summary as its hint has it: to list a long history for one of it would take long. */
  async #readOne(prefix: string): Promise<string | null> {
    const hint = Number(asText(await this.#store.get(`${prefix}last`)));
    const newest = Number.isSafeInteger(hint) && hint > 0 ? asText(await this.#store.get(summaryKeyIn(prefix, hint))) : null;
    if (newest !== null) return newest;
    const [first] = await this.#store.list(`${prefix}summaries/`, { limit: 1 });
    return first === undefined ? null : asText(await this.#store.get(first));
  }

  async #collect(flows: readonly string[], choice: Choice, matches: Test): Promise<{ rows: RunRow[]; next: string | null }> {
    const cursor = readCursor(choice.after);
    const sources = await Promise.all(flows.filter((flow) => cursor[flow] !== 0).map((flow) => openSource(flow, this.flow(flow).runs(cursor[flow] ?? null))));
    const position: Record<string, number> = { ...cursor };
    const rows: RunRow[] = [];
    const until = performance.now() + MOST_MS;
    const goesOn = (looked: number) => rows.length < choice.limit && looked < MOST_LOOKED_AT && (looked % LOOKS_A_CLOCK !== 0 || performance.now() < until);
    for (let looked = 0; goesOn(looked); looked += 1) {
      const source = newestOf(sources);
      if (source === null) return { rows, next: null };
      const { head, flow, runs } = source;
      if (isInState(head.row, choice.state) && matches(head)) rows.push(head.row);
      const next = await openSource(flow, runs);
      sources.splice(sources.findIndex((each) => each.flow === flow), 1, next);
      position[flow] = next.head === undefined ? 0 : head.row.number;
    }
    return { rows, next: newestOf(sources) === null ? null : JSON.stringify(position) };
  }

  #countsOf(flows: readonly string[]): Counts | null {
    const found = flows.map((flow) => this.#counts.get(flow));
    for (const [at, flow] of flows.entries()) if (found[at] === undefined) this.#countSoon(flow);
    const known = found.filter((counts) => counts !== undefined);
    return known.length < flows.length ? null : known.reduce((sum, each) => ({
      running: sum.running + each.running, failed: sum.failed + each.failed, tagged: sum.tagged + each.tagged, total: sum.total + each.total,
    }), { running: 0, failed: 0, tagged: 0, total: 0 });
  }

  /** What is looked at comes first: counting waits until the page is on its way. */
  #countSoon(flow: string): void {
    if (this.#counting.has(flow)) return;
    this.#counting.add(flow);
    setTimeout(() => void this.#count(flow).catch(() => undefined), SOON_MS).unref();
  }

  async #count(flow: string): Promise<void> {
    try {
      await this.calm();
      await this.flow(flow).refresh(() => this.calm());
      const counts: Counts = { running: 0, failed: 0, tagged: 0, total: 0 };
      for await (const { row } of this.flow(flow).runs(null)) {
        counts.total += 1;
        if (row.status === 'running') counts.running += 1;
        if (row.status === 'failed') counts.failed += 1;
        if (row.tags.length > 0) counts.tagged += 1;
        if (counts.total % BREATH !== 0) continue;
        await new Promise((resolve) => setImmediate(resolve));
        await this.calm();
      }
      this.#counts.set(flow, counts);
    } finally {
      this.#counting.delete(flow);
    }
  }

  async #estimate(flows: readonly string[]): Promise<number> {
    const newest = await Promise.all(flows.map((flow) => this.flow(flow).newest()));
    return newest.reduce((sum, each) => sum + each, 0);
  }
}

const SOON_MS = 250;
const CALM_MS = 20;

/** How often a search looks at the clock, in runs. */
const LOOKS_A_CLOCK = 256;

/** The runs of one flow, and the next of them. */
interface Source {
  readonly flow: string;
  readonly runs: AsyncGenerator<Candidate>;
  readonly head: Candidate | undefined;
}

async function openSource(flow: string, runs: AsyncGenerator<Candidate>): Promise<Source> {
  return { flow, runs, head: (await runs.next()).value as Candidate | undefined };
}

function newestOf(sources: readonly Source[]): (Source & { head: Candidate }) | null {
  const left = sources.filter((source): source is Source & { head: Candidate } => source.head !== undefined);
  return left.reduce<(Source & { head: Candidate }) | null>((best, each) => (best === null || each.head.row.started > best.head.row.started ? each : best), null);
}

/** By flow the number of the last run given out; 0 for one that is at its end. Anything else starts from the newest. */
function readCursor(text: string | null): Cursor {
  try {
    const value: unknown = text === null ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([, number]) => Number.isSafeInteger(number) && Number(number) >= 0)) : {};
  } catch {
    return {};
  }
}

function isInState(row: RunRow, state: Choice['state']): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'tagged':
      return row.tags.length > 0;
    default:
      return row.status === state;
  }
}
