// Tags of cells, written as edits of the notebook: undone in one step, saved with it, every other metadata as it was.

import * as vscode from 'vscode';
import { renamedIn } from '@headwater/panels';
import { tagsIn, withTags } from './cell-metadata.ts';

export const tagsOf = (cell: vscode.NotebookCell): string[] => tagsIn(cell.metadata);

export function tagEdit(cell: vscode.NotebookCell, tags: readonly string[]): vscode.NotebookEdit {
  return vscode.NotebookEdit.updateCellMetadata(cell.index, withTags(cell.metadata, tags));
}

export async function setTags(cell: vscode.NotebookCell, tags: readonly string[]): Promise<void> {
  await apply(cell.notebook, [tagEdit(cell, tags)]);
}

/** The step's name in every tag that means it, as one undoable change. */
export async function renameStep(notebook: vscode.NotebookDocument, from: string, to: string): Promise<void> {
  await apply(notebook, notebook.getCells().flatMap((cell) => {
    const after = renamedIn(tagsOf(cell), from, to);
    return after === null ? [] : [tagEdit(cell, after)];
  }));
}

async function apply(notebook: vscode.NotebookDocument, edits: vscode.NotebookEdit[]): Promise<void> {
  const whole = new vscode.WorkspaceEdit();
  whole.set(notebook.uri, edits);
  await vscode.workspace.applyEdit(whole);
}
