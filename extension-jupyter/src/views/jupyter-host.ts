// JupyterLab as the panels' host.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard } from '@jupyterlab/apputils';
import type { ArtifactRef, Backend, Host, Loaded, Loader, OpenNotebook, OpenRunOptions, Runner } from '@headwater/panels';
import type { Notebooks } from '../notebook/notebooks.ts';
import { executedPath } from './executed-drive.ts';
import type { Pages } from './pages.tsx';

export interface HostParts {
  readonly app: JupyterFrontEnd;
  readonly backend: Backend;
  readonly notebooks: Notebooks;
  readonly runner: Runner;
  readonly loader: Loader;
  readonly pages: Pages;
  readonly goToCell: (cell: number, line?: number) => void;
}

export class JupyterHost implements Host {
  readonly kind = 'jupyterlab';
  readonly backend: Backend;
  readonly goToCell: (cell: number, line?: number) => void;
  readonly #parts: HostParts;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.backend = parts.backend;
    this.goToCell = parts.goToCell;
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

  openRun(store: string, run: string, options?: OpenRunOptions): void {
    this.#parts.pages.openRun(store, run, options);
  }

  openRunsTable(store: string, flow: string | null): void {
    this.#parts.pages.open({ kind: 'runs', store, flow });
  }

  openCompare(store: string, runs: readonly string[]): void {
    this.#parts.pages.open({ kind: 'compare', store, runs });
  }

  openTable(artifact: ArtifactRef): void {
    this.#parts.pages.open({ kind: 'table', artifact });
  }

  openReport(store: string, run: string): void {
    this.#parts.pages.open({ kind: 'report', store, run });
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

  resume(store: string, run: string, from?: string): void {
    void this.#parts.runner.resume(store, run, { from: from ?? null });
  }

  stop(store: string, run: string): void {
    void this.#parts.runner.stop(store, run);
  }

  load(artifact: ArtifactRef): Promise<Loaded> {
    return this.#parts.loader.load(artifact);
  }

  insertLoadCell(artifact: ArtifactRef): void {
    this.#parts.loader.insertLoadCell(artifact);
  }

  loadRun(store: string, run: string): Promise<Loaded> {
    return this.#parts.loader.loadRun(store, run);
  }

  restoreStep(store: string, run: string, step: string): Promise<Loaded> {
    return this.#parts.loader.restoreStep(store, run, step);
  }

  writeOutputs(store: string, run: string): void {
    void this.#parts.loader.writeOutputs(store, run);
  }

  tagActiveCell(): void {
    void this.#parts.app.commands.execute('headwater:set-step');
  }

  copy(text: string): void {
    Clipboard.copyToSystem(text);
  }
}
