// The part of the Jupyter extension that is used. It is looked for at every call: it may be missing, or come later.

import * as vscode from 'vscode';

export interface Kernel {
  readonly status: string;
  readonly onDidChangeStatus: vscode.Event<string>;
  readonly language: string;
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<vscode.NotebookCellOutput>;
}

interface Jupyter {
  readonly kernels: { getKernel(uri: vscode.Uri): Thenable<Kernel | undefined> };
  readonly getPythonEnvironment?: (uri: vscode.Uri) => unknown;
}

const ID = 'ms-toolsai.jupyter';

/** Null where it is not installed. Its exports throw until it is active. */
export async function findJupyter(): Promise<Jupyter | null> {
  const extension = vscode.extensions.getExtension<Jupyter>(ID);
  return extension === undefined ? null : extension.activate();
}

/** The interpreter of a notebook's kernel, where the Jupyter extension tells. */
export async function pythonOf(uri: vscode.Uri): Promise<string | null> {
  const environment: unknown = await (await findJupyter())?.getPythonEnvironment?.(uri);
  const path: unknown = typeof environment === 'object' && environment !== null && 'path' in environment ? environment.path : null;
  return typeof path === 'string' && path.startsWith('/') ? path : null;
}
