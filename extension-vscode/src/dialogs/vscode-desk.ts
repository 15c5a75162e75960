// VS Code's messages, quick input and progress, and its notebook last used.

import * as vscode from 'vscode';
import type { Action, Desk, NameChoice, Tone } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';
import type { Notebooks } from '../notebook/notebooks.ts';
import type { VscodeNotebook } from '../notebook/vscode-notebook.ts';
import { askParameters } from './ask-parameters.ts';
import { chooseName } from './choose-name.ts';

/** What went well is said in passing. */
const PASSING_MS = 5000;

export class VscodeDesk implements Desk {
  readonly #notebooks: Notebooks;
  readonly askParameters = askParameters;

  constructor(notebooks: Notebooks) {
    this.#notebooks = notebooks;
  }

  get notebook(): VscodeNotebook | null {
    return this.#notebooks.current;
  }

  get activeStep(): string | null {
    return this.#notebooks.activeStep;
  }

  goToCell(cell: number, line = 1): void {
    void this.#show(cell, line);
  }

  say(text: string, tone: Tone, actions: readonly Action[] = []): () => void {
    if (actions.length === 0 && (tone === 'success' || tone === 'info')) {
      const passing = vscode.window.setStatusBarMessage(`$(check) ${text}`, PASSING_MS);
      return () => void passing.dispose();
    }
    show(tone, text, actions);
    // What the editor has shown is the person's: no extension closes it.
    return () => undefined;
  }

  /** The message stays until it is read; what asked does not wait for that. */
  sayProblem(_: string, { sentence, hint }: Problem, actions: readonly Action[] = []): Promise<void> {
    show('error', hint === null ? sentence : `${sentence} ${hint}`, actions);
    return Promise.resolve();
  }

  sayWaiting(text: string, cancel: (() => void) | null): () => void {
    const { promise: over, resolve: end } = withResolvers();
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: text, cancellable: cancel !== null }, (_, token) => {
      token.onCancellationRequested(() => { cancel?.(); end(); });
      return over;
    });
    return end;
  }

  async ask(title: string, body: string, act: string): Promise<boolean> {
    return await vscode.window.showWarningMessage(title, { modal: true, detail: body }, act) === act;
  }

  chooseName(name: string, was: string, proposal: string): Promise<NameChoice> {
    return chooseName(name, was, proposal);
  }

  async #show(index: number, line: number): Promise<void> {
    const { current } = this.#notebooks;
    if (current === null || index >= current.document.cellCount) return;
    const range = new vscode.NotebookRange(index, index + 1);
    const at = this.#notebooks.editor;
    const editor = await vscode.window.showNotebookDocument(current.document, { selections: [range], ...(at?.viewColumn === undefined ? {} : { viewColumn: at.viewColumn }) });
    editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
    const { document } = current.document.cellAt(index);
    const position = new vscode.Position(Math.min(Math.max(0, line - 1), document.lineCount - 1), 0);
    if (line > 1) await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preserveFocus: false });
  }
}

/** `Promise.withResolvers` is newer than the oldest extension host. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => { resolve = done; });
  return { promise, resolve };
}

function show(tone: Tone, text: string, actions: readonly Action[]): void {
  const labels = actions.map(({ label }) => label);
  const shown = tone === 'error' ? vscode.window.showErrorMessage(text, ...labels) : tone === 'warning' ? vscode.window.showWarningMessage(text, ...labels) : vscode.window.showInformationMessage(text, ...labels);
  void shown.then((label) => actions.find((action) => action.label === label)?.run());
}
