// What the methods share: places, watchers, the runs read lately.

import { parseRunId, UserError, type Flow, type Notification, type Notifications, type RunId } from '@headwater/protocol';
import { readMetrics, type Store } from '@headwater/engine';
import type { Places } from '../access/places.ts';
import type { Log } from '../log.ts';
import { readFlow } from '../runs/read-flow.ts';
import { readRun, type ReadRun } from '../runs/read-run.ts';
import type { Watchers } from '../runs/watchers.ts';
import type { TableWorkers } from '../tables/table-workers.ts';

export interface Context {
  readonly places: Places;
  readonly watchers: Watchers;
  readonly log: Log;
  readonly user: string;
  /** Starts a run process: a program and its arguments. */
  readonly runProcess: readonly [string, ...string[]];
  /** `--store` of the service, for the runs it starts; null where each notebook has its nearest. */
  readonly store: string | null;
  /** The interpreter for notebooks whose kernel says none, or null. */
  readonly python: string | null;
  readonly recent: RecentRuns;
  readonly tables: TableWorkers;
}

/** Whoever asks, while the answer is waited for. */
export interface Asking {
  readonly tell: <N extends Notification>(name: N, params: Notifications[N]) => void;
  /** The answer is not wanted any more. */
  readonly signal: AbortSignal;
  /** The editor, as it called itself. */
  readonly client: string;
}

export interface Found {
  readonly store: Store;
  readonly id: RunId;
}

/** Throws UserError. */
export async function find(context: Context, asked: { store: string; run: string }): Promise<Found> {
  const id = parseRunId(asked.run);
  if (id === null) throw new UserError('bad-run', `\`${asked.run}\` is not a run.`, 'A run is FLOW/NUMBER, such as churn/42.');
  return { store: await context.places.open(asked.store), id };
}

export async function findRun(context: Context, asked: { store: string; run: string }): Promise<ReadRun> {
  const { store, id } = await find(context, asked);
  return context.recent.read(store, id);
}

const MOST_RUNS = 60;

const keyOf = (store: Store, id: RunId) => `${store.url}\n${id.flow}/${id.number}`;

/** Ended runs do not change: those looked at lately are kept, with the flows of their notebooks. */
export class RecentRuns {
  readonly #runs = new Map<string, ReadRun>();
  readonly #flows = new Map<string, Flow | null>();
  readonly #metrics = new Map<string, Readonly<Record<string, number>>>();

  async read(store: Store, id: RunId): Promise<ReadRun> {
    const key = keyOf(store, id);
    const known = this.#runs.get(key);
    if (known !== undefined) {
      this.#keep(this.#runs, key, known);
      return known;
    }
    const run = await readRun(store, id);
    if (run.summary.status !== 'running') this.#keep(this.#runs, key, run);
    return run;
  }

  forget(store: Store, id: RunId): void {
    this.#runs.delete(keyOf(store, id));
  }

  /** What it logged, first logged first: read from every task's record, so kept for runs that have ended. */
  async metrics({ store, id, folded, summary }: ReadRun): Promise<Readonly<Record<string, number>>> {
    const key = keyOf(store, id);
    const known = this.#metrics.get(key) ?? Object.fromEntries(await readMetrics(store, id, folded.state));
    if (summary.status !== 'running') this.#keep(this.#metrics, key, known);
    return known;
  }

  /** The flow of the notebook as it ran; null where its text is gone or nothing can be made of it any more. */
  async flow({ store, record }: Pick<ReadRun, 'store' | 'record'>): Promise<Flow | null> {
    const known = this.#flows.get(record.snapshot);
    if (known !== undefined) return known;
    const flow = await readFlow(store, record.snapshot, record.notebook);
    this.#keep(this.#flows, record.snapshot, flow);
    return flow;
  }

  #keep<T>(map: Map<string, T>, key: string, value: T): void {
    map.delete(key);
    map.set(key, value);
    const oldest = map.keys().next().value;
    if (map.size > MOST_RUNS && oldest !== undefined) map.delete(oldest);
  }
}
