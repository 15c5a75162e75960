// What every editor does in the same way when a panel asks for it.

import type { ArtifactRef, Loaded, OpenRunOptions } from '../host.ts';
import type { PageArgs } from '../page/page.tsx';
import { copySupport, type SupportParts } from './copy-support.ts';
import type { Desk } from './desk.ts';
import type { Loader } from './loader.ts';
import type { Runner } from './runner.ts';

/** Pages of their own, as the editor holds them. */
interface Pages {
  openRun(store: string, run: string, options?: OpenRunOptions): void;
  open(page: PageArgs): void;
}

export interface ActParts {
  readonly runner: Runner;
  readonly loader: Loader;
  readonly pages: Pages;
  readonly goToCell: Desk['goToCell'];
  readonly support: SupportParts;
}

export class HostActs {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
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

  goToCell(cell: number, line?: number): void {
    this.#parts.goToCell(cell, line);
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

  insertInstallCell(requirement: string): void {
    this.#parts.loader.insertInstallCell(requirement);
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

  copy(text: string): void {
    void this.#parts.support.copy(text);
  }

  copySupport(trace: string): void {
    void copySupport(this.#parts.support, trace);
  }
}
