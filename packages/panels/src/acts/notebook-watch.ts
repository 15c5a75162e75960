// One open notebook, analysed as it is typed: its flow, how its steps stand, what is wrong with it.

import type { Analysis, Diagnostic, Problem } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { Listeners } from './listeners.ts';
import { withTagsAt } from './notebook-text.ts';

/** After the last key, so that nobody waits for an analysis of half a word. */
const PAUSE_MS = 300;

export interface NotebookSource {
  /** Where it is for the service, or why it is nowhere. */
  place(): string | Problem;
  text(): string;
}

export class NotebookWatch {
  readonly changed = new Listeners();
  readonly #backend: Backend;
  readonly #source: NotebookSource;
  readonly #ends: (() => void)[];
  analysis: Analysis | null = null;
  problem: Problem | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #turn = 0;
  #newest: Promise<void> = Promise.resolve();
  #store: string | null = null;
  #endWatch: () => void = () => undefined;
  #ended = false;

  constructor(backend: Backend, source: NotebookSource) {
    this.#backend = backend;
    this.#source = source;
    this.#ends = [
      backend.on('runsChanged', ({ store }) => { if (this.analysis === null || this.analysis.store === store) this.later(); }),
      backend.onState((state) => { if (state.kind === 'open') this.later(); }),
    ];
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const end of this.#ends) end();
    this.#endWatch();
    this.changed.clear();
  }

  later(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (!this.#ended) this.#timer = setTimeout(() => void this.look(), PAUSE_MS);
  }

  /** Whoever waits for it finds what the newest look has found: one that began later would else leave them with nothing. */
  async look(): Promise<void> {
    this.#turn += 1;
    let looking = this.#ask(this.#turn);
    this.#newest = looking;
    await looking;
    while (this.#newest !== looking) {
      looking = this.#newest;
      await looking;
    }
  }

  async #ask(turn: number): Promise<void> {
    const place = this.#source.place();
    if (typeof place !== 'string') {
      this.#set(null, place);
      return;
    }
    try {
      const analysis = await this.#backend.call('analyse', { notebook: place, text: this.#source.text() });
      if (turn === this.#turn) this.#set(analysis, null);
    } catch (error) {
      if (turn === this.#turn) this.#set(this.analysis, error as Problem);
    }
  }

  /** What a check would say of a cell if these were its tags. */
  async checkTags(cell: number, tags: readonly string[]): Promise<readonly Diagnostic[]> {
    const place = this.#source.place();
    if (typeof place !== 'string') return [];
    const { diagnostics } = await this.#backend.call('analyse', { notebook: place, text: withTagsAt(this.#source.text(), cell, tags) });
    return diagnostics.filter((each) => each.cell === cell);
  }

  #set(analysis: Analysis | null, problem: Problem | null): void {
    if (this.#ended) return;
    if (analysis?.store !== this.#store) {
      this.#endWatch();
      this.#store = analysis?.store ?? null;
      this.#endWatch = this.#store === null ? () => undefined : this.#backend.watch('watchRuns', { store: this.#store });
    }
    this.analysis = analysis;
    this.problem = problem;
    this.changed.tell();
  }
}
