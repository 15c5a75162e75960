// What panels and trees ask of VS Code.

import * as vscode from 'vscode';
import { HostActs } from '@headwater/panels';
import type { Acts } from '../webview/contract.ts';
import { executedUri } from './executed.ts';

export class VscodeActs extends HostActs implements Acts {
  saveFile(name: string, text: string): void {
    void save(name, text);
  }

  openExecuted(store: string, run: string): void {
    void vscode.commands.executeCommand('vscode.openWith', executedUri(store, run), 'jupyter-notebook');
  }

  runFlow(): void {
    void vscode.commands.executeCommand('headwater.run');
  }

  tagActiveCell(): void {
    void vscode.commands.executeCommand('headwater.setStep');
  }

  openExample(): void {
    void vscode.commands.executeCommand('headwater.openExample');
  }
}

async function save(name: string, text: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
