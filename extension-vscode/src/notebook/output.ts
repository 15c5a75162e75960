// An output of a notebook file as VS Code holds it, in the shape that its own Jupyter serializer writes back unchanged.

import * as vscode from 'vscode';

type Json = Readonly<Record<string, unknown>>;

const joined = (value: unknown) => (Array.isArray(value) ? value.join('') : String(value));

export function toOutput(output: Json): vscode.NotebookCellOutput {
  switch (output['output_type']) {
    case 'stream':
      return new vscode.NotebookCellOutput([output['name'] === 'stderr' ? vscode.NotebookCellOutputItem.stderr(joined(output['text'])) : vscode.NotebookCellOutputItem.stdout(joined(output['text']))], { outputType: 'stream' });
    case 'error': {
      const [name, message] = [joined(output['ename']), joined(output['evalue'])];
      const stack = Array.isArray(output['traceback']) ? output['traceback'].join('\n') : '';
      return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error({ name, message, stack })], { outputType: 'error', originalError: output });
    }
    default: {
      const data = typeof output['data'] === 'object' && output['data'] !== null ? output['data'] as Json : {};
      const count = output['execution_count'];
      return new vscode.NotebookCellOutput(Object.entries(data).map(([mime, value]) => toItem(mime, value)), {
        outputType: String(output['output_type']), metadata: output['metadata'] ?? {}, ...(typeof count === 'number' ? { executionCount: count } : {}),
      });
    }
  }
}

function toItem(mime: string, value: unknown): vscode.NotebookCellOutputItem {
  if (/^image\/(?!svg)/.test(mime)) return new vscode.NotebookCellOutputItem(Buffer.from(joined(value), 'base64'), mime);
  return typeof value === 'string' || Array.isArray(value) ? vscode.NotebookCellOutputItem.text(joined(value), mime) : vscode.NotebookCellOutputItem.json(value, mime);
}
