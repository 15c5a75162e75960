// What panels and trees ask of VS Code.

import * as vscode from 'vscode';
import type { ArtifactRef, Desk, Loaded, Loader, OpenRunOptions, Runner } from '@headwater/panels';
import type { Acts } from '../webview/contract.ts';
import { executedUri } from './executed.ts';
import type { Pages } from './pages.ts';

export interface ActParts {
  readonly desk: Desk;
  readonly runner: Runner;
  readonly loader: Loader;
  readonly pages: Pages;
}

export class VscodeActs implements Acts {
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

  saveFile(name: string, text: string): void {
    void save(name, text);
  }

  openExecuted(store: string, run: string): void {
    void vscode.commands.executeCommand('vscode.openWith', executedUri(store, run), 'jupyter-notebook');
  }

  goToCell(cell: number, line?: number): void {
    this.#parts.desk.goToCell(cell, line);
  }

  runFlow(): void {
    void vscode.commands.executeCommand('headwater.run');
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
    void vscode.commands.executeCommand('headwater.setStep');
  }

  copy(text: string): void {
    void vscode.env.clipboard.writeText(text);
  }
}

async function save(name: string, text: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
