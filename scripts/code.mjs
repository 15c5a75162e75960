// VS Code in the browser with Headwater and the samples, for a person to try: `npm run code`. It, a Python with a kernel and the packer are kept in .cache.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeEnvironment, prepareHome } from '../test/helpers/code-home.ts';
import { installCodeServer } from './code-server.mjs';
import { packageVscode } from './package-vscode.mjs';

const KERNEL = path.resolve('.cache/kernel');
const HOME = path.resolve('.cache/code');
const PORT = 8440;

/** A Python with a kernel and what the samples import. */
export function makeKernel() {
  const python = path.join(KERNEL, 'bin/python');
  const stamp = path.join(KERNEL, '.complete');
  if (existsSync(stamp)) return python;
  console.log('making an environment with a kernel in .cache/kernel (once, a minute)');
  const must = (command, args) => {
    if (spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0) process.exit(1);
  };
  must(path.resolve('.venv/bin/python'), ['-m', 'venv', KERNEL]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'ipykernel', 'jupyter_client', 'pandas', 'scikit-learn', 'matplotlib']);
  writeFileSync(stamp, '');
  return python;
}

if (import.meta.main) {
  const parts = { ...installCodeServer(), vsix: await packageVscode(), python: makeKernel() };
  const args = prepareHome(HOME, parts);
  console.log(`http://127.0.0.1:${PORT}/?folder=${path.resolve('examples')}`);
  spawn(parts.node, [...args, '--bind-addr', `127.0.0.1:${PORT}`, ...process.argv.slice(2)], { stdio: ['ignore', 'ignore', 'inherit'], env: codeEnvironment(parts.python) }).once('close', (code) => process.exit(code ?? 0));
}
