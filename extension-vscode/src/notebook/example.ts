// The example notebook: written once beside the notebook in use, opened from then on.

import * as vscode from 'vscode';
import { EXAMPLE_FILE, exampleText } from '@headwater/panels';
import type { Notebooks } from './notebooks.ts';

export async function openExample(notebooks: Notebooks): Promise<void> {
  const target = place(notebooks) ?? await vscode.window.showSaveDialog({ filters: { Jupyter: ['ipynb'] } });
  if (target === undefined) return;
  const isThere = await vscode.workspace.fs.stat(target).then(() => true, () => false);
  if (!isThere) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(exampleText()));
  await vscode.commands.executeCommand('vscode.openWith', target, 'jupyter-notebook');
}

function place({ current }: Notebooks): vscode.Uri | undefined {
  if (current?.document.uri.scheme === 'file') return vscode.Uri.joinPath(current.document.uri, '..', EXAMPLE_FILE);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, EXAMPLE_FILE);
}
