// What a panel asks of the editor around it. One implementation a host; panels know nothing else of where they are shown.

import type { Problem } from '@headwater/protocol';
import type { Backend } from './client/backend.ts';

export interface ArtifactRef {
  readonly store: string;
  /** `churn/42/train/model` */
  readonly path: string;
  readonly name: string;
  readonly size: number;
}

/** What became of a wish to load: said where the click was. */
export type Loaded =
  | { readonly kind: 'loaded'; readonly as: string; readonly notebook: string }
  | { readonly kind: 'cancelled' }
  /** `install`: a package whose lack is the reason, `lightgbm==4.6.0`, or null. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly install: string | null };

export interface OpenNotebook {
  /** As the service wants it: relative to its root, or absolute. */
  readonly path: string;
  readonly name: string;
  /** As it is in the editor, saved or not. */
  text(): string;
}

export interface OpenRunOptions {
  /** The step to show. */
  readonly step?: string;
  /** A page of its own instead of the one that is reused, with the focus in it. */
  readonly stays?: boolean;
}

export interface Host {
  readonly kind: 'jupyterlab' | 'vscode';
  readonly backend: Backend;
  /** The notebook last used, or null. */
  readonly notebook: OpenNotebook | null;
  /** Another notebook is open, or its text or its active cell has changed. */
  onNotebook(listener: () => void): () => void;
  openRun(store: string, run: string, options?: OpenRunOptions): void;
  openRunsTable(store: string, flow: string | null): void;
  openCompare(store: string, runs: readonly string[]): void;
  openTable(artifact: ArtifactRef): void;
  /** The executed notebook, read-only. */
  openExecuted(store: string, run: string): void;
  goToCell(cell: number, line?: number): void;
  runFlow(): void;
  resume(store: string, run: string, from?: string): void;
  stop(store: string, run: string): void;
  load(artifact: ArtifactRef): Promise<Loaded>;
  insertLoadCell(artifact: ArtifactRef): void;
  insertInstallCell(requirement: string): void;
  loadRun(store: string, run: string): Promise<Loaded>;
  /** `step` may be one of its tasks: `train[3]`. */
  restoreStep(store: string, run: string, step: string): Promise<Loaded>;
  writeOutputs(store: string, run: string): void;
  /** Where the host has a place for it: a page of HTML, and saving it as a file. */
  openReport?(store: string, run: string): void;
  saveFile?(name: string, text: string): void;
  tagActiveCell(): void;
  /** A notebook that shows what tags do. */
  openExample(): void;
  copy(text: string): void;
  /** `trace`: where a panel failed. */
  copySupport(trace: string): void;
}
