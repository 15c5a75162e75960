// Executed notebooks of runs as read-only files, so that the editor's own notebook and its notebook diff show them.

import * as vscode from 'vscode';
import type { Backend } from '@headwater/panels';
import { EXECUTED_SCHEME } from '../notebook/notebooks.ts';

/** `headwater-run:/churn/42.ipynb?STORE` */
export function executedUri(store: string, run: string): vscode.Uri {
  return vscode.Uri.from({ scheme: EXECUTED_SCHEME, path: `/${run}.ipynb`, query: store });
}

const refuse = (): never => {
  throw vscode.FileSystemError.NoPermissions('A run opened as a notebook can be read, not changed. Use "Save As" for a copy.');
};

export class ExecutedFiles implements vscode.FileSystemProvider {
  readonly #backend: Backend;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly writeFile = refuse;
  readonly createDirectory = refuse;
  readonly delete = refuse;
  readonly rename = refuse;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async readFile({ path, query }: vscode.Uri): Promise<Uint8Array> {
    const run = path.slice(1).replace(/\.ipynb$/, '');
    let text = '';
    for (let offset: number | null = 0; offset !== null;) {
      const part: { text: string; next: number | null } = await this.#backend.call('executed', { store: query, run, offset });
      text += part.text;
      offset = part.next;
    }
    return new TextEncoder().encode(text);
  }

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0, permissions: vscode.FilePermission.Readonly };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
}
