// The open notebooks, and the one last used.

import * as vscode from 'vscode';
import { Listeners, type Backend } from '@headwater/panels';
import { VscodeNotebook } from './vscode-notebook.ts';

const TYPE = 'jupyter-notebook';
/** Runs opened as notebooks are looked at, not worked on. */
export const EXECUTED_SCHEME = 'headwater-run';

const isOurs = (document: vscode.NotebookDocument) => document.notebookType === TYPE && document.uri.scheme !== EXECUTED_SCHEME;

export class Notebooks implements vscode.Disposable {
  /** Another notebook is in use, or what is known of it has changed. */
  readonly changed = new Listeners();
  readonly #all = new Map<vscode.NotebookDocument, VscodeNotebook>();
  readonly #backend: Backend;
  readonly #opened: (uri: vscode.Uri) => void;
  readonly #ends: vscode.Disposable[];
  /** The active cell of each, behind another tab too. */
  readonly #cells = new WeakMap<vscode.NotebookDocument, number>();
  #last: vscode.NotebookDocument | null = null;

  constructor(backend: Backend, opened: (uri: vscode.Uri) => void) {
    this.#backend = backend;
    this.#opened = opened;
    for (const document of vscode.workspace.notebookDocuments) this.#watch(document);
    this.#use(vscode.window.activeNotebookEditor);
    this.#ends = [
      vscode.workspace.onDidOpenNotebookDocument((document) => this.#watch(document)),
      vscode.workspace.onDidCloseNotebookDocument((document) => this.#forget(document)),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => this.#all.get(notebook)?.touched()),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => this.#use(editor)),
      vscode.window.onDidChangeNotebookEditorSelection(({ notebookEditor }) => this.#use(notebookEditor)),
    ];
  }

  get current(): VscodeNotebook | null {
    const used = this.#last === null ? null : this.#all.get(this.#last) ?? null;
    // After a reload nothing was used yet: the one that is on the screen is meant.
    return used ?? vscode.window.visibleNotebookEditors.map((editor) => this.#all.get(editor.notebook)).find((each) => each !== undefined) ?? null;
  }

  get editor(): vscode.NotebookEditor | null {
    const { current } = this;
    return current === null ? null : vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === current.document) ?? null;
  }

  /** Position of the active cell of the notebook last used. */
  get activeCell(): number | null {
    const { current } = this;
    return current === null ? null : this.#cells.get(current.document) ?? this.editor?.selections[0]?.start ?? null;
  }

  /** The cell whose menu was used is the active one from now on. */
  point({ notebook, index }: vscode.NotebookCell): void {
    if (!isOurs(notebook)) return;
    this.#last = notebook;
    this.#cells.set(notebook, index);
    this.changed.tell();
  }

  /** The active cell; its notebook comes to the front where another tab covers it. Null where none is open. */
  async showActiveCell(): Promise<vscode.NotebookCell | null> {
    const { current } = this;
    if (current === null) return null;
    const editor = this.editor ?? await vscode.window.showNotebookDocument(current.document);
    const at = editor.selections[0]?.start ?? 0;
    return at < current.document.cellCount ? current.document.cellAt(at) : null;
  }

  /** The step of the active cell, or null. */
  get activeStep(): string | null {
    return this.current?.analysis?.cells[this.activeCell ?? -1]?.step ?? null;
  }

  of(document: vscode.NotebookDocument): VscodeNotebook | null {
    return this.#all.get(document) ?? null;
  }

  dispose(): void {
    for (const end of this.#ends) end.dispose();
    for (const notebook of this.#all.values()) notebook.dispose();
    this.changed.clear();
  }

  #watch(document: vscode.NotebookDocument): void {
    if (!isOurs(document) || this.#all.has(document)) return;
    if (document.uri.scheme === 'file') this.#opened(document.uri);
    const notebook = new VscodeNotebook(document, this.#backend);
    this.#all.set(document, notebook);
    notebook.changed.add(() => this.changed.tell());
    this.changed.tell();
  }

  #forget(document: vscode.NotebookDocument): void {
    this.#all.get(document)?.dispose();
    this.#all.delete(document);
    this.changed.tell();
  }

  #use(editor: vscode.NotebookEditor | undefined): void {
    if (editor === undefined || !isOurs(editor.notebook)) return;
    this.#last = editor.notebook;
    const [selected] = editor.selections;
    if (selected !== undefined) this.#cells.set(editor.notebook, selected.start);
    this.changed.tell();
  }
}
