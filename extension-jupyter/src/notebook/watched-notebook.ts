// One open notebook, analysed as it is typed: its flow, how its steps stand, what is wrong with it.

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { Backend } from '@headwater/panels';
import type { Analysis, Problem } from '@headwater/protocol';
import { placeOf } from './place.ts';
import { textOf } from './text.ts';

/** After the last key, so that nobody waits for an analysis of half a word. */
const PAUSE_MS = 300;

export class WatchedNotebook {
  readonly panel: NotebookPanel;
  readonly changed = new Signal<this, void>(this);
  readonly #backend: Backend;
  readonly #contents: Contents.IManager;
  analysis: Analysis | null = null;
  problem: Problem | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #turn = 0;
  #store: string | null = null;
  #endWatch: () => void = () => undefined;

  constructor(panel: NotebookPanel, backend: Backend, contents: Contents.IManager) {
    this.panel = panel;
    this.#backend = backend;
    this.#contents = contents;
    const later = () => this.later();
    void panel.context.ready.then(() => {
      if (panel.isDisposed) return;
      panel.content.model?.sharedModel.changed.connect(later);
      panel.content.model?.cells.changed.connect(later);
      void this.look();
    });
    const ends = [
      backend.on('runsChanged', ({ store }) => { if (this.analysis === null || this.analysis.store === store) later(); }),
      backend.onState((state) => { if (state.kind === 'open') later(); }),
    ];
    panel.disposed.connect(() => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      for (const end of ends) end();
      this.#endWatch();
      Signal.clearData(this);
    });
  }

  /** Where it is for the service, or why it is nowhere. */
  get place(): string | Problem {
    return placeOf(this.panel.context.path, this.#contents);
  }

  text(): string {
    const { model } = this.panel.content;
    return model === null ? '' : textOf(model);
  }

  later(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), PAUSE_MS);
  }

  async look(): Promise<void> {
    const { place } = this;
    this.#turn += 1;
    const turn = this.#turn;
    if (typeof place !== 'string') {
      this.#set(null, place);
      return;
    }
    try {
      const analysis = await this.#backend.call('analyse', { notebook: place, text: this.text() });
      if (turn === this.#turn) this.#set(analysis, null);
    } catch (error) {
      if (turn === this.#turn) this.#set(this.analysis, error as Problem);
    }
  }

  #set(analysis: Analysis | null, problem: Problem | null): void {
    if (analysis?.store !== this.#store) {
      this.#endWatch();
      this.#store = analysis?.store ?? null;
      this.#endWatch = this.#store === null ? () => undefined : this.#backend.watch('watchRuns', { store: this.#store });
    }
    this.analysis = analysis;
    this.problem = problem;
    if (!this.panel.isDisposed) this.changed.emit();
  }
}
