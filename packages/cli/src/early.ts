// The process that will run the notebook is started while the command line is still being read: both need as long to begin.

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parseRunId, recordKey, type RunRecord } from '@headwater/protocol';
import { spawnRun, type Expected } from '@headwater/engine/spawn-run';

const VERBS: readonly (string | undefined)[] = ['run', 'resume', 'rerun'];

let early: ChildProcessWithoutNullStreams | null = null;

/** Starts one if this is a command that will ask for it; `argv` as the shell gave it. */
export function startEarly(argv: readonly string[]): void {
  if (VERBS.includes(argv[2])) early = spawnRun(runProcess(), process.env, guess(argv));
}

/** A wrong one costs an interpreter that is started in vain, none the time until the request. */
function guess(argv: readonly string[]): Expected | null {
  if (argv[2] === 'run') return guessRun(argv);
  return argv[2] === 'resume' ? guessResumed(argv) : null;
}

function guessRun(argv: readonly string[]): Expected | null {
  const notebook = argv.slice(3).find((word) => /^[^-].*\.(ipynb|py)$/.test(word));
  if (notebook === undefined || argv.includes('--only')) return null;
  return { notebook: path.resolve(notebook), python: optionOf(argv, '--python'), hashSeed: null };
}

/** From the record of the run, where its store is a folder and its notebook stands here. */
function guessResumed(argv: readonly string[]): Expected | null {
  const run = parseRunId(argv.slice(3).find((word) => /^[^-].*\/\d+$/.test(word)) ?? '');
  const store = optionOf(argv, '--store') ?? process.env['HEADWATER_STORE'] ?? '.headwater';
  if (run === null || argv.includes('--notebook')) return null;
  try {
    const { notebook, hashSeed } = JSON.parse(readFileSync(path.join(store, recordKey(run.flow, run.number)), 'utf8')) as RunRecord;
    return existsSync(notebook) ? { notebook: path.resolve(notebook), python: optionOf(argv, '--python'), hashSeed } : null;
  } catch {
    return null;
  }
}

function optionOf(argv: readonly string[], option: string): string | null {
  const at = argv.indexOf(option);
  return at === -1 ? null : argv[at + 1] ?? null;
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
