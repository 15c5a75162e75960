// One open notebook of VS Code.

import * as vscode from 'vscode';
import { NotebookWatch, type Backend, type WorkNotebook } from '@headwater/panels';
import type { PlacedOutputs, Problem } from '@headwater/protocol';
import { pythonOf } from '../kernel/jupyter-api.ts';
import { VscodeKernel } from '../kernel/vscode-kernel.ts';
import { textOf } from './document-text.ts';
import { toOutput } from './output.ts';
import { placeOf } from './place.ts';

export class VscodeNotebook extends NotebookWatch implements WorkNotebook, vscode.Disposable {
  readonly document: vscode.NotebookDocument;
  readonly kernel: VscodeKernel;
  #text = '';

  constructor(document: vscode.NotebookDocument, backend: Backend) {
    super(backend, { place: () => this.place, text: () => this.text() });
    this.document = document;
    this.kernel = new VscodeKernel(document.uri, this.name, () => (backend.state.kind === 'open' ? backend.state.welcome.bridge : ''));
    void this.look();
  }

  get name(): string {
    return this.document.uri.path.split('/').at(-1) ?? '';
  }

  get place(): string | Problem {
    return placeOf(this.document.uri);
  }

  text(): string {
    return textOf(this.document);
  }

  /** Running a cell changes its metadata too: only a text that differs is worth an analysis. */
  touched(): void {
    const text = this.text();
    if (text === this.#text) return;
    this.#text = text;
    this.later();
  }

  /** One that is named in the settings is the service's own choice. */
  python(): Promise<string | null> {
    const named = vscode.workspace.getConfiguration('headwater').get<string>('python') ?? '';
    return named === '' ? pythonOf(this.document.uri) : Promise.resolve(null);
  }

  insertCell(source: string): void {
    const selected = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === this.document)?.selections[0]?.end ?? this.document.cellCount;
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.set(this.document.uri, [vscode.NotebookEdit.insertCells(selected, [cell])]);
    void vscode.workspace.applyEdit(edit);
  }

  async putOutputs(cells: PlacedOutputs['cells']): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.set(this.document.uri, cells.flatMap(({ index, number, outputs }) => {
      const cell = this.document.cellAt(index);
      const data = new vscode.NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
      data.metadata = { ...cell.metadata, execution_count: number };
      data.outputs = outputs.map(toOutput);
      if (number !== null) data.executionSummary = { executionOrder: number, success: true };
      return cell.kind === vscode.NotebookCellKind.Code ? [vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(index, index + 1), [data])] : [];
    }));
    await vscode.workspace.applyEdit(edit);
  }

  dispose(): void {
    this.end();
    this.kernel.dispose();
  }
}
