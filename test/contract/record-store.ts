// Records what a store of the current format looks like: `vitest` reads the recorded ones for ever. Run once for each new format number:
// `node test/contract/record-store.ts FORMAT`. Paths and names of the recording machine are replaced; keys and blobs stay.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { notebookText } from '../helpers/notebook.ts';
import { RECORDED } from './recorded.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const [format = ''] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-record-'));
const target = path.join(import.meta.dirname, `store-${format}`);
const env = { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1' };
const run = (...args: string[]) => spawnSync(process.execPath, [path.join(ROOT, 'packages/cli/bin/headwater.mjs'), ...args], { cwd: folder, env, stdio: 'inherit' });

writeFileSync(path.join(folder, 'old.ipynb'), notebookText(RECORDED));
run('run', 'old.ipynb', '-p', 'scale=3', '--python', path.join(ROOT, '.venv/bin/python'));
while (!existsSync(path.join(folder, '.headwater/flows/old/runs/00000001/environment.json'))) await setTimeout(100);

rmSync(target, { recursive: true, force: true });
cpSync(path.join(folder, '.headwater'), target, { recursive: true });
rmSync(path.join(target, '.gitignore')); // it would keep the recording out of version control
for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name);
  if (!entry.isFile() || !/\.(json|jsonl|log)$/.test(entry.name)) continue;
  const text = readFileSync(file, 'utf8').replaceAll(folder, '/home/ada/flows').replaceAll(ROOT, '/home/ada');
  writeFileSync(file, text.replaceAll(os.hostname(), 'laptop').replaceAll(os.release(), '6.1.0').replaceAll(`"${os.userInfo().username}"`, '"ada"'));
}
rmSync(folder, { recursive: true, force: true });
