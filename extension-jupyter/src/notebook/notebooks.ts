// The open notebooks, and the one last used.

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { decorate } from './badges.ts';
import { markCells } from './diagnostics.ts';
import { WatchedNotebook, type Surroundings } from './watched-notebook.ts';

export class Notebooks {
  /** Another notebook is in use, or what is known of it has changed. */
  readonly changed = new Signal<this, void>(this);
  readonly #tracker: INotebookTracker;
  readonly #watched = new Map<NotebookPanel, WatchedNotebook>();
  #last: NotebookPanel | null = null;

  constructor(tracker: INotebookTracker, around: Surroundings) {
    this.#tracker = tracker;
    const watch = (panel: NotebookPanel) => {
      // A run opened as a notebook is looked at, not worked on.
      if (around.contents.driveName(panel.context.path) === 'headwater') return;
      const watched = new WatchedNotebook(panel, around);
      this.#watched.set(panel, watched);
      watched.changed.add(() => {
        requestAnimationFrame(() => {
          if (panel.isDisposed) return;
          decorate(watched);
          markCells(watched);
        });
        this.changed.emit();
      });
      panel.disposed.connect(() => {
        this.#watched.delete(panel);
        this.changed.emit();
      });
    };
    tracker.forEach(watch);
    tracker.widgetAdded.connect((_, panel) => {
      watch(panel);
      use();
    });
    const use = () => {
      const panel = tracker.currentWidget;
      if (panel !== null && this.#watched.has(panel)) this.#last = panel;
    };
    use();
    tracker.currentChanged.connect(() => {
      use();
      this.changed.emit();
    });
    tracker.activeCellChanged.connect(() => this.changed.emit());
  }

  /** The one last used: a run that was opened as a notebook since then changes nothing. */
  get current(): WatchedNotebook | null {
    return this.front ?? (this.#last === null ? null : this.#watched.get(this.#last) ?? null);
  }

  /** The one whose cells are seen, or null where that is a run opened as a notebook: its cells are not changed. */
  get front(): WatchedNotebook | null {
    const panel = this.#tracker.currentWidget;
    return panel === null ? null : this.#watched.get(panel) ?? null;
  }

  get all(): readonly WatchedNotebook[] {
    return [...this.#watched.values()];
  }

  /** Position of the active cell of the notebook last used. */
  get activeCell(): number | null {
    const index = this.current?.panel.content.activeCellIndex ?? -1;
    return index < 0 ? null : index;
  }

  /** The step of the active cell, or null. */
  get activeStep(): string | null {
    return this.current?.analysis?.cells[this.activeCell ?? -1]?.step ?? null;
  }
}
