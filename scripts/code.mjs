// VS Code in the browser with Headwater and the samples, for a person to try: `npm run code`. What it holds stands in .cache/code.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { codeEnvironment, prepareHome } from '../test/helpers/code-home.ts';
import { installCodeServer } from './code-server.mjs';
import { packageVscode } from './package-vscode.mjs';
import { makeEnvironment } from './tools.mjs';

const HOME = path.resolve('.cache/code');
const PORT = 8440;

/** A Python with a kernel and what the samples import, and nothing of ours. */
export const makeKernel = () => path.join(makeEnvironment('lab', 'scripts/jupyter.txt'), 'bin/python');

if (import.meta.main) {
  const parts = { ...installCodeServer(), vsix: await packageVscode(), python: makeKernel() };
  const args = prepareHome(HOME, parts);
  console.log(`http://127.0.0.1:${PORT}/?folder=${path.resolve('examples')}`);
  // The samples are this checkout's own: there is nobody else to trust.
  spawn(parts.node, [...args, '--disable-workspace-trust', '--bind-addr', `127.0.0.1:${PORT}`, ...process.argv.slice(2)], { stdio: ['ignore', 'ignore', 'inherit'], env: codeEnvironment(parts.python) }).once('close', (code) => process.exit(code ?? 0));
}
