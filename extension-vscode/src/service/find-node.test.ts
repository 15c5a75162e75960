import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { candidates, findNode, isEnough } from './find-node.ts';

function program(folder: string, answer: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'node');
  writeFileSync(file, `#!/bin/sh\n${answer}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('a version is compared by its numbers', () => {
  expect(['22.18.0', '24.1.0', '22.17.9', '9.0.0', 'none'].map(isEnough)).toEqual([true, true, false, false, false]);
});

test('the newest of a version manager comes first; what is not there is left out', () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'headwater-node-'));
  for (const version of ['v9.0.0', 'v24.1.0', 'v22.18.0']) program(path.join(home, '.nvm/versions/node', version, 'bin'), '');
  expect(candidates({ path: '/nowhere:relative', home }).filter((each) => each.startsWith(home)).map((each) => each.split('/').at(-3))).toEqual(['v24.1.0', 'v22.18.0', 'v9.0.0']);
});

test('an editor whose own Node is too old takes one from the path', async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'headwater-node-'));
  const old = program(path.join(home, 'editor'), 'echo 20.19.0');
  const broken = path.join(home, 'broken');
  program(broken, 'exit 1');
  const good = program(path.join(home, 'good'), 'echo 24.1.0');
  expect(await findNode({ named: null, own: old, path: [broken, path.dirname(good)].join(path.delimiter), home })).toEqual({ kind: 'found', program: good, version: '24.1.0' });
});

test('one that was named and is too old is refused by name', async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'headwater-node-'));
  const old = program(path.join(home, 'old'), 'echo 20.19.0');
  expect(await findNode({ named: old, own: process.execPath, path: '', home })).toMatchObject({ kind: 'none', problem: { sentence: `\`${old}\` is Node 20.19.0; Headwater needs 22.18 or newer.` } });
});
