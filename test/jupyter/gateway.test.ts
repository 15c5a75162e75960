// Kernels that a gateway runs on another machine: the server and the service see the notebooks, the kernel sees none of it.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { ended, openRun, tab } from '../helpers/lab-runs.ts';
import { cell, Lab, runPage, showNotebook } from '../helpers/lab.ts';

const TOKEN = 'of-the-gateway';

/** A machine of its own as far as the disk goes: a namespace in which our folders are empty, and its Python has a path that is only there. */
const OTHER_MACHINE = ['set -e', 'for folder in "$HIDDEN" "$HERE" "$FAR"; do mount -t tmpfs none "$folder"; done', `printf '#!/bin/sh\\nexec %s "$@"\\n' "$PYTHON" > "$FAR/python"`, 'chmod +x "$FAR/python"', 'exec "$PYTHON" -m jupyter_server "$@"'].join('\n');

const hasNamespaces = spawnSync('unshare', ['-rm', 'true']).status === 0;
const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-gateway-'));
const port = await freePort();
const lab = new Lab({ args: [`--GatewayClient.url=http://127.0.0.1:${String(port)}`, `--GatewayClient.auth_token=${TOKEN}`] });
let gateway: ChildProcess | null = null;

beforeAll(async () => {
  if (!hasNamespaces) return;
  const far = path.join(folder, 'far');
  const spec = path.join(folder, 'data/kernels/python3');
  for (const each of [far, spec]) mkdirSync(each, { recursive: true });
  writeFileSync(path.join(spec, 'kernel.json'), JSON.stringify({ argv: [path.join(far, 'python'), '-m', 'ipykernel_launcher', '-f', '{connection_file}'], display_name: 'Python 3', language: 'python' }));
  const copy = path.dirname(path.dirname(lab.python));
  const python = path.join(readFileSync(path.join(copy, '.copy-of'), 'utf8'), 'bin/python');
  const env = { PATH: process.env['PATH'], HOME: folder, JUPYTER_DATA_DIR: path.join(folder, 'data'), JUPYTER_RUNTIME_DIR: path.join(folder, 'run'), JUPYTER_CONFIG_DIR: path.join(folder, 'config'), HIDDEN: copy, HERE: lab.folder, FAR: far, PYTHON: python };
  const log = openSync(path.join(folder, 'gateway.log'), 'w');
  const options = ['--no-browser', '--allow-root', `--ServerApp.port=${String(port)}`, `--IdentityProvider.token=${TOKEN}`, `--ServerApp.root_dir=${folder}`];
  gateway = spawn('unshare', ['-rm', 'sh', '-c', OTHER_MACHINE, 'gateway', ...options], { env, stdio: ['ignore', log, log] });
  while (!(await fetch(`http://127.0.0.1:${String(port)}/api`).then((reply) => reply.ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 200));
  await lab.start();
});
afterAll(async () => {
  await lab.end();
  gateway?.kill();
  rmSync(folder, { recursive: true, force: true });
});

// A run once was refused there: the Python it named was that of the other machine.
test.skipIf(!hasNamespaces)('a flow runs here with the Python of here; what is loaded there is a sentence, with a cell that loads one click away', async () => {
  const page = await lab.open('one/far.ipynb', [['step:make', 'seven = 7'], ['', '']]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await ended(page, 1);
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  const row = runPage(page).getByRole('row', { name: /^seven / });
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await expect.poll(() => row.getByRole('alert').innerText()).toMatch(/^The kernel does not have the package `headwater` and does not see the copy that came with the engine\. Install it in the kernel's environment: `pip install headwater`/);
  await page.screenshot({ path: '.cache/lab-gateway.png' });
  await row.getByRole('alert').getByRole('button', { name: 'Insert load cell' }).click();
  await showNotebook(page, 'far.ipynb');
  await expect.poll(() => cell(page, 1).locator('.cm-content').innerText()).toContain('seven = headwater.load("far/1/make/seven")');
  await page.close();
});
