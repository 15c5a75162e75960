// One expression in a live kernel. Its value is displayed, so that nothing is bound, printed or counted, and no trailing expression sets `_`.

import * as vscode from 'vscode';
import type { ExpressionReply } from '@headwater/panels';
import type { Kernel } from './jupyter-api.ts';

/** Why no answer can come: no consent, or a handle whose notebook was closed. */
export class KernelRefused extends Error {
  readonly why: 'access' | 'disposed';

  constructor(why: 'access' | 'disposed') {
    super(why);
    this.why = why;
  }
}

/** Undefined where it ended without an answer: interrupted, restarted, taken out of the queue. Only an output is a success: four ways end without running. */
export async function evaluate(kernel: Kernel, expression: string, token: vscode.CancellationToken): Promise<ExpressionReply | undefined> {
  let reply: ExpressionReply | undefined;
  try {
    for await (const output of kernel.executeCode(`__import__("IPython").display.display(${expression})`, token)) {
      if (output.metadata?.['outputType'] === 'display_data') reply = { status: 'ok', data: Object.fromEntries(output.items.map(({ mime, data }) => [mime, read(mime, data)])) };
    }
    return reply;
  } catch (error) {
    return readError(error);
  }
}

const DECODER = new TextDecoder();

/** Outputs come as bytes; ours are JSON. */
function read(mime: string, data: Uint8Array): unknown {
  const text = DECODER.decode(data);
  return /[/+]json$/.test(mime) ? JSON.parse(text) as unknown : text;
}

function readError(error: unknown): ExpressionReply | undefined {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'vscode.jupyter.apiAccessRevoked') throw new KernelRefused('access');
  if (error.message === 'Kernel is disposed') throw new KernelRefused('disposed');
  if ('ename' in error && typeof error.ename === 'string' && error.ename !== '') return { status: 'error', ename: error.ename, evalue: 'evalue' in error ? String(error.evalue) : '' };
  return undefined;
}
