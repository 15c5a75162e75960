// What the tree of runs knows: the flows of one store, and of each the runs that were asked for. Knows the service, not the editor.

import { EMPTY_LIST, Listeners, measurable, reduceList, type Backend, type ListState, type Metrics } from '@headwater/panels';
import type { ArtifactRow, Problem, RunRow, RunView, TaskPage } from '@headwater/protocol';

/** Rows a level shows before "Load more". */
const PAGE = 200;
const ALL = { state: 'all', filter: '' } as const;

export type Changed = { readonly kind: 'all' } | { readonly kind: 'flow'; readonly flow: string };

export class RunsModel {
  readonly changed = new Listeners<Changed>();
  readonly #backend: Backend;
  readonly #flows = new Map<string, ListState>();
  readonly #views = new Map<string, RunView>();
  /** Of the runs that were asked about. */
  readonly metrics = new Map<string, Metrics>();
  #store: string | null = null;
  #names: readonly string[] | null = null;
  #endWatch: () => void = () => undefined;
  problem: Problem | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
    backend.on('runsChanged', ({ store, rows, gone }) => { if (store === this.#store) this.#change(rows, gone); });
    backend.onState((state) => { if (state.kind === 'open') this.again(); });
  }

  get store(): string | null {
    return this.#store;
  }

  /** The store to show; null while none is known. */
  show(store: string | null): void {
    if (store === this.#store) return;
    this.#endWatch();
    this.#store = store;
    this.#endWatch = store === null ? () => undefined : this.#backend.watch('watchRuns', { store });
    this.again();
  }

  again(): void {
    this.#names = null;
    this.#flows.clear();
    this.#views.clear();
    this.metrics.clear();
    this.problem = null;
    this.changed.tell({ kind: 'all' });
  }

  async flows(): Promise<readonly string[]> {
    if (this.#store === null) return [];
    if (this.#names === null) {
      const page = await this.#ask({ flow: null, after: null, limit: 0 });
      this.#names = page?.flows ?? [];
    }
    return this.#names;
  }

  async runs(flow: string): Promise<ListState> {
    const known = this.#flows.get(flow);
    if (known !== undefined) return known;
    const page = await this.#ask({ flow, after: null, limit: PAGE });
    const state = page === null ? EMPTY_LIST : reduceList(EMPTY_LIST, { type: 'first', page });
    this.#flows.set(flow, state);
    void this.#measure(flow);
    return state;
  }

  async more(flow: string): Promise<void> {
    const state = this.#flows.get(flow);
    if (state === undefined || state.next === null) return;
    const page = await this.#ask({ flow, after: state.next, limit: PAGE });
    if (page === null) return;
    this.#flows.set(flow, reduceList(state, { type: 'more', page }));
    this.changed.tell({ kind: 'flow', flow });
  }

  /** A run that has ended does not change any more. */
  async view(run: string): Promise<RunView | null> {
    if (this.#store === null) return null;
    const known = this.#views.get(run);
    if (known !== undefined) return known;
    const view = await this.#backend.call('run', { store: this.#store, run });
    if (view.status !== 'running') this.#views.set(run, view);
    return view;
  }

  /** `task` may be a step that has only one. */
  async artifacts(run: string, task: string): Promise<readonly ArtifactRow[]> {
    return this.#store === null ? [] : this.#backend.call('artifacts', { store: this.#store, run, task });
  }

  /** Those that failed come first. */
  async tasks(run: string, step: string): Promise<Pick<TaskPage, 'rows' | 'matching'>> {
    return this.#store === null ? { rows: [], matching: 0 } : this.#backend.call('tasks', { store: this.#store, run, step, find: '', sort: 'failed', after: null, limit: PAGE });
  }

  /** What its newest runs logged comes after their rows. */
  async #measure(flow: string): Promise<void> {
    const store = this.#store;
    const runs = measurable(this.#flows.get(flow)?.rows ?? []).filter((run) => !this.metrics.has(run));
    if (store === null || runs.length === 0) return;
    const answer = await this.#backend.call('metrics', { store, runs }).catch(() => []);
    if (store !== this.#store) return;
    for (const [at, metrics] of answer.entries()) this.metrics.set(runs[at] ?? '', metrics ?? {});
    if (answer.some((each) => Object.keys(each ?? {}).length > 0)) this.changed.tell({ kind: 'flow', flow });
  }

  async #ask(params: { flow: string | null; after: string | null; limit: number }) {
    const store = this.#store;
    if (store === null) return null;
    try {
      const page = await this.#backend.call('runs', { store, ...ALL, ...params });
      return store === this.#store ? page : null;
    } catch (error) {
      this.problem = error as Problem;
      return null;
    }
  }

  #change(rows: readonly RunRow[], gone: readonly string[]): void {
    for (const row of rows) {
      this.#views.delete(row.run);
      this.metrics.delete(row.run);
    }
    const flows = new Set([...rows.map((row) => row.flow), ...gone.map((run) => run.slice(0, run.lastIndexOf('/')))]);
    if (rows.some((row) => this.#names !== null && !this.#names.includes(row.flow))) {
      this.again();
      return;
    }
    for (const flow of flows) {
      const state = this.#flows.get(flow);
      // In a tree the editor keeps what is selected and open, so new rows may come at once.
      if (state !== undefined) this.#flows.set(flow, reduceList(state, { type: 'changed', change: { rows, gone }, calm: true, flow }));
      this.changed.tell({ kind: 'flow', flow });
      void this.#measure(flow);
    }
  }
}
