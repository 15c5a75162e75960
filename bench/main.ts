// `npm run bench`: packs the engine, opens the peers, runs the rows, prints them and keeps the results. Never part of a test.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench, Peers } from './bench.ts';
import { makeEnvironment } from './environment.ts';
import { Limits } from './limits/limits.ts';
import { Patience } from './measure/quiet.ts';
import { takeTurns } from './measure/take-turns.ts';
import { removeFolder } from './measure/remove-folder.ts';
import { readOptions, type Options } from './options.ts';
import { Headwater } from './ours/headwater.ts';
import { packHeadwater } from './ours/pack.ts';
import { openPeers } from './peers/open-peers.ts';
import { CACHE, ROOT } from './places.ts';
import { keepResults } from './report/keep-results.ts';
import { printRow } from './report/print-row.ts';
import { makeResult, type RowResult } from './report/result.ts';
import { ROWS } from './rows.ts';
import type { Row } from './row.ts';

export async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === null) return;
  const work = path.join(CACHE, 'work');
  // What a call that was cut off left behind.
  removeFolder(work);
  mkdirSync(work, { recursive: true });
  try {
    await runRows(options, work);
  } finally {
    removeFolder(work);
  }
}

async function runRows(options: Options, work: string): Promise<void> {
  const env = makeEnvironment(work);
  const peers: Peers = options.peers ? openPeers(env) : { metaflow: null, papermill: null, strata: null };
  const headwater = new Headwater(await packHeadwater(path.join(work, 'packed')), env);
  const results: RowResult[] = [];
  for (const name of options.rows) {
    const row = await ROWS[name]?.();
    if (row === undefined) continue;
    const result = await runRow(row, { options, headwater, peers, env, folder: makeProject(path.join(work, name)) });
    printRow(result);
    results.push(result);
    if (result.failures.length > 0) process.exitCode = 1;
    removeFolder(path.join(work, name));
  }
  if (options.keep) console.log(`\nkept in ${path.relative(ROOT, keepResults(results))}`);
}

interface Place {
  readonly options: Options;
  readonly headwater: Headwater;
  readonly peers: Peers;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
}

async function runRow(row: Row, { options, headwater, peers, env, folder }: Place): Promise<RowResult> {
  const notes: string[] = [];
  const bench: Bench = { ...peers, folder, headwater, env, limits: new Limits(folder, env), note: (text) => notes.push(text) };
  progress(`${row.name}: preparing`);
  const contest = await row.prepare(bench);
  const rounds = options.rounds ?? row.rounds;
  const patience = new Patience(options.wait);
  const samples = await takeTurns(contest, { rounds, patience, progress: (text) => progress(`${row.name}: ${text}`) });
  progress('');
  return makeResult({ row, rounds, machine: patience.quiet, contest, samples, notes });
}

/** A repository with one commit, as a person's project is: what git costs a run is part of the run. */
function makeProject(folder: string): string {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'README.md'), 'A project.\n');
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: folder, stdio: 'ignore' });
  git('init');
  git('add', 'README.md');
  git('commit', '-m', 'A project');
  return folder;
}

/** One line that shows what is under way; nothing of it stays. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
