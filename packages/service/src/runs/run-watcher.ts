// One run followed for everybody who looks at it: its events folded as they are written, its end, its loss, its deletion.

import { formatRunId, MOST_EVENTS_A_SECOND, recordKey, type RunId, type RunRecord } from '@headwater/protocol';
import { followEvents, readEvents, type Store } from '@headwater/engine';
import { Coalescer } from '../transport/coalesce.ts';
import { fold, nothingYet, requireRecord, summaryOf, type Folded, type ReadRun } from './read-run.ts';

/** How often it looks whether the run's process lives and the run is still there: nothing tells of that. */
const LOOK_MS = 1000;

export class RunWatcher {
  readonly id: RunId;
  readonly #store: Store;
  readonly #listeners = new Set<(run: ReadRun | null) => void>();
  readonly #coalescer: Coalescer;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #folded: Folded = nothingYet();
  #record: RunRecord | null = null;
  #status = '';
  /** Number of the last event there was at first: before that is folded, a state would be one of the past. */
  #past = Infinity;
  #seen = -1;

  constructor(store: Store, id: RunId) {
    this.#store = store;
    this.id = id;
    this.#coalescer = new Coalescer(1000 / MOST_EVENTS_A_SECOND, () => void this.#tell());
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
    void this.#follow();
  }

  /** Tells the state as it is soon, then every change. Returns what ends it. */
  listen(listener: (run: ReadRun | null) => void): () => void {
    this.#listeners.add(listener);
    this.#coalescer.changed();
    return () => this.#listeners.delete(listener);
  }

  get idle(): boolean {
    return this.#listeners.size === 0;
  }

  close(): void {
    this.#stop.abort();
    clearInterval(this.#timer);
    this.#coalescer.stop();
  }

  async #follow(): Promise<void> {
    this.#past = (await readEvents(this.#store, this.id.flow, this.id.number).catch(() => [])).at(-1)?.n ?? -1;
    this.#coalescer.changed();
    for await (const event of followEvents(this.#store, this.id.flow, this.id.number, this.#stop.signal)) {
      this.#folded = fold(this.#folded, event);
      this.#seen = event.n;
      this.#coalescer.changed();
    }
    // The summary is written just after the last event; looking again sees it.
    await this.#look();
  }

  async #look(): Promise<void> {
    if (this.#record !== null && !(await this.#store.has(recordKey(this.id.flow, this.id.number)).catch(() => true))) {
      this.close();
      for (const listener of this.#listeners) listener(null);
      return;
    }
    const record = await this.#read().catch(() => null);
    if (record === null) return;
    const { status } = await summaryOf(this.#store, record);
    if (status === this.#status) return;
    this.#status = status;
    this.#coalescer.changed();
  }

  async #read(): Promise<RunRecord> {
    this.#record ??= await requireRecord(this.#store, this.id);
    return this.#record;
  }

  async #tell(): Promise<void> {
    const record = await this.#read().catch(() => null);
    if (record === null || this.#stop.signal.aborted || this.#seen < this.#past) return;
    const summary = await summaryOf(this.#store, record);
    for (const listener of this.#listeners) listener({ store: this.#store, id: this.id, record, summary, folded: this.#folded });
  }
}

export const watchKey = (store: Store, id: RunId) => `${store.url}\n${formatRunId(id)}`;
