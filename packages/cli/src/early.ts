// The process that will run the notebook is started while the command line is still being read: both need as long to begin.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { spawnRun, type Expected } from '@headwater/engine/spawn-run';

const VERBS: readonly (string | undefined)[] = ['run', 'resume', 'rerun'];

let early: ChildProcessWithoutNullStreams | null = null;

/** Starts one if this is a command that will ask for it; `argv` as the shell gave it. */
export function startEarly(argv: readonly string[]): void {
  if (VERBS.includes(argv[2])) early = spawnRun(runProcess(), process.env, guess(argv));
}

/** A wrong one costs an interpreter that is started in vain, none the time until the request. */
function guess(argv: readonly string[]): Expected | null {
  const notebook = argv.slice(3).find((word) => /^[^-].*\.(ipynb|py)$/.test(word));
  if (argv[2] !== 'run' || notebook === undefined || argv.includes('--only')) return null;
  const at = argv.indexOf('--python');
  return { notebook: path.resolve(notebook), python: at === -1 ? null : argv[at + 1] ?? null, hashSeed: null };
}

/** The one that was started, or a new one. */
export function takeRunProcess(): ChildProcessWithoutNullStreams {
  const child = early ?? spawnRun(runProcess(), process.env);
  early = null;
  return child;
}

/** Nobody asked for it. */
export function dropEarly(): void {
  early?.kill('SIGKILL');
  early = null;
}

/** It stands beside the program that runs now, which may have been called by a link. */
export function runProcess(): [string, string] {
  return [process.execPath, path.join(path.dirname(realpathSync(process.argv[1] ?? '')), 'run-process.mjs')];
}
