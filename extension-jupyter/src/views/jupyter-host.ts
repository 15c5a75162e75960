// JupyterLab as the panels' host.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { HostActs, type ActParts, type Backend, type Host, type OpenNotebook } from '@headwater/panels';
import type { Notebooks } from '../notebook/notebooks.ts';
import { executedPath } from './executed-drive.ts';
import type { Pages } from './pages.tsx';

export interface HostParts extends ActParts {
  readonly app: JupyterFrontEnd;
  readonly backend: Backend;
  readonly notebooks: Notebooks;
  readonly pages: Pages;
}

export class JupyterHost extends HostActs implements Host {
  readonly kind = 'jupyterlab';
  readonly backend: Backend;
  readonly #parts: HostParts;

  constructor(parts: HostParts) {
    super(parts);
    this.#parts = parts;
    this.backend = parts.backend;
  }

  get notebook(): OpenNotebook | null {
    const watched = this.#parts.notebooks.current;
    if (watched === null || typeof watched.place !== 'string') return null;
    return { path: watched.place, name: watched.panel.title.label, text: () => watched.text() };
  }

  onNotebook(listener: () => void): () => void {
    const { changed } = this.#parts.notebooks;
    changed.connect(listener);
    return () => void changed.disconnect(listener);
  }

  /** Through the browser's own download. */
  saveFile(name: string, text: string): void {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  }

  openExecuted(store: string, run: string): void {
    const { commands } = this.#parts.app;
    // It is looked at: no kernel is started for it.
    void commands.execute('docmanager:open', { path: executedPath(store, run), factory: 'Notebook', kernelPreference: { shouldStart: false, autoStartDefault: false } });
  }

  runFlow(): void {
    void this.#parts.runner.run();
  }

  tagActiveCell(): void {
    void this.#parts.app.commands.execute('headwater:set-step');
  }

  openExample(): void {
    void this.#parts.app.commands.execute('headwater:open-example');
  }
}
