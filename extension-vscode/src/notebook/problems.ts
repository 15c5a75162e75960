// What the analysis says of the open notebooks: squiggles, the Problems list, and quick fixes.

import * as vscode from 'vscode';
import type { Diagnostic, Edit, Range } from '@headwater/protocol';
import { tagEdit } from './tags.ts';
import type { Notebooks } from './notebooks.ts';

const SEVERITY = { error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, hint: vscode.DiagnosticSeverity.Information } as const;

export class Problems implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('headwater');
  readonly #notebooks: Notebooks;
  readonly #ends: vscode.Disposable[];

  constructor(notebooks: Notebooks) {
    this.#notebooks = notebooks;
    this.#ends = [
      vscode.languages.registerCodeActionsProvider({ notebookType: 'jupyter-notebook' }, this, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
      new vscode.Disposable(notebooks.changed.add(() => this.#show())),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    ];
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const place = this.#placeOf(document);
    if (place === null) return [];
    const { notebook, cell } = place;
    return this.#of(notebook, cell.index).flatMap((diagnostic) => {
      if (diagnostic.fix === null || spanOf(diagnostic.range, document).intersection(range) === undefined) return [];
      const action = new vscode.CodeAction(diagnostic.fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = editOf(diagnostic.fix.edits, notebook);
      action.isPreferred = true;
      action.diagnostics = [toMark(diagnostic, document)];
      return [action];
    });
  }

  dispose(): void {
    for (const end of this.#ends) end.dispose();
    this.#collection.dispose();
  }

  #show(): void {
    for (const notebook of vscode.workspace.notebookDocuments) {
      if (this.#notebooks.of(notebook) === null) continue;
      for (const cell of notebook.getCells()) this.#collection.set(cell.document.uri, this.#of(notebook, cell.index).map((each) => toMark(each, cell.document)));
    }
  }

  #of(notebook: vscode.NotebookDocument, cell: number): readonly Diagnostic[] {
    return (this.#notebooks.of(notebook)?.analysis?.diagnostics ?? []).filter((each) => each.cell === cell);
  }

  #placeOf(document: vscode.TextDocument): { notebook: vscode.NotebookDocument; cell: vscode.NotebookCell } | null {
    for (const notebook of vscode.workspace.notebookDocuments) {
      const cell = notebook.getCells().find((each) => each.document === document);
      if (cell !== undefined) return { notebook, cell };
    }
    return null;
  }
}

function toMark(diagnostic: Diagnostic, document: vscode.TextDocument): vscode.Diagnostic {
  const message = diagnostic.hint === null ? diagnostic.sentence : `${diagnostic.sentence} ${diagnostic.hint}`;
  const mark = new vscode.Diagnostic(spanOf(diagnostic.range, document), message, SEVERITY[diagnostic.severity]);
  mark.code = diagnostic.code;
  mark.source = 'Headwater';
  return mark;
}

/** Without a range it is the first line. */
function spanOf(range: Range | null, document: vscode.TextDocument): vscode.Range {
  if (range === null) return document.lineAt(0).range;
  return document.validateRange(new vscode.Range(range.start.line, range.start.column, range.end.line, range.end.column));
}

function editOf(edits: readonly Edit[], notebook: vscode.NotebookDocument): vscode.WorkspaceEdit {
  const whole = new vscode.WorkspaceEdit();
  const tags = edits.flatMap((edit) => (edit.kind === 'set-tags' ? [tagEdit(notebook.cellAt(edit.cell), edit.tags)] : []));
  if (tags.length > 0) whole.set(notebook.uri, tags);
  for (const edit of edits) {
    if (edit.kind === 'replace-text') whole.replace(notebook.cellAt(edit.cell).document.uri, new vscode.Range(edit.range.start.line, edit.range.start.column, edit.range.end.line, edit.range.end.column), edit.text);
  }
  return whole;
}
