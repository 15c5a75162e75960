// What a cell is to the flow, below the cell: one status item that opens the tag menu.

import * as vscode from 'vscode';
import { describeCell } from './describe-cell.ts';
import type { Notebooks } from './notebooks.ts';

export class CellItems implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #notebooks: Notebooks;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCellStatusBarItems = this.#changed.event;
  readonly #ends: vscode.Disposable[];

  constructor(notebooks: Notebooks) {
    this.#notebooks = notebooks;
    this.#ends = [vscode.notebooks.registerNotebookCellStatusBarItemProvider('jupyter-notebook', this), new vscode.Disposable(notebooks.changed.add(() => this.#changed.fire()))];
  }

  /** Called at every change of execution: it only looks up what is known. */
  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const notebook = this.#notebooks.of(cell.notebook);
    if (cell.kind !== vscode.NotebookCellKind.Code || notebook === null) return [];
    const shown = describeCell(notebook.analysis, cell.index);
    if (shown === null) return [];
    const item = new vscode.NotebookCellStatusBarItem(shown.text, vscode.NotebookCellStatusBarAlignment.Left);
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.spoken, role: 'button' };
    item.command = { command: 'headwater.tagCell', title: shown.tooltip, arguments: [cell] };
    item.priority = 10;
    return [item];
  }

  dispose(): void {
    for (const end of this.#ends) end.dispose();
    this.#changed.dispose();
  }
}
