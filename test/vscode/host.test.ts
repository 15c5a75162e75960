// The extension through the real API of VS Code: checks that run in its extension host.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Code } from '../helpers/code.ts';
import { notebookText } from '../helpers/notebook.ts';

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

/** A notebook with metadata of others in its cells and of its own. */
function withOthers(): string {
  const notebook = JSON.parse(notebookText([['mine', 'x = 1'], ['', 'y = x']], { other: { tool: [1, 2] } })) as { cells: { metadata: Record<string, unknown>; source: unknown }[] };
  // As the editor writes it.
  for (const cell of notebook.cells) cell.source = [cell.source];
  Object.assign(notebook.cells[0]?.metadata ?? {}, { deletable: false, other: { deep: { z: 1, a: [2] } } });
  return JSON.stringify(notebook);
}

test('what the extension does through the API of the editor', async () => {
  const folder = code.path('host');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'kept.ipynb'), withOthers());
  writeFileSync(path.join(folder, 'wrong.ipynb'), notebookText([['step:load', 'x = 1'], ['step:after prev:laod', 'y = 2']]));
  const suite = path.join(code.folder, 'checks.cjs');
  await build({ entryPoints: ['test/vscode/host/checks.ts'], outfile: suite, bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] });
  await code.inHost(folder, suite);
  const found = JSON.parse(readFileSync(path.join(folder, 'found.json'), 'utf8')) as Record<string, string>;
  expect(Object.keys(found)).toHaveLength(6);
  expect(Object.entries(found).filter(([, said]) => said !== 'holds')).toEqual([]);
});
