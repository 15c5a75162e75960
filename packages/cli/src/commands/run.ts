// `headwater run`: start a run process, then follow its log as anybody could.

import { realpathSync } from 'node:fs';
import path from 'node:path';
import { formatBytes, formatRunId, UserError } from '@headwater/protocol';
import { checkTags, defaultRequest, findGrowth, openStore, projectOf, readRetention, startRun, type Retention, type RunRequest, type Store } from '@headwater/engine';
import { EXIT, printProblem } from '../exit.ts';
import { printDiagnostics } from '../render/diagnostics.ts';
import { Interrupts } from '../render/interrupts.ts';
import { watchRun } from '../render/watch-run.ts';
import type { GlobalOptions } from '../verbs.ts';
import { readGiven, splitPairs } from './given.ts';
import { runOnSave } from './on-save.ts';
import { sweep } from './sweep.ts';

export async function run(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const request = makeRequest(args[0] ?? '', options, shared);
  if (options['watch'] === true) return runOnSave(request, options, shared);
  if (options['sweep'] !== true) return startAndWatch(request, options, shared);
  const metric = typeof options['metric'] === 'string' ? options['metric'] : null;
  return sweep(request, splitPairs(options['param'] as string[]), { command: [process.execPath, runProcess()], json: shared.json === true, metric });
}

export async function startAndWatch(request: RunRequest, options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const interrupts = new Interrupts();
  try {
    return await startAndFollow(request, { options, shared, interrupts });
  } finally {
    interrupts.close();
  }
}

interface Following {
  readonly options: Readonly<Record<string, unknown>>;
  readonly shared: GlobalOptions;
  readonly interrupts: Interrupts;
}

async function startAndFollow(request: RunRequest, { options, shared, interrupts }: Following): Promise<number> {
  const json = shared.json === true;
  const retention = readRetention(projectOf(request.notebook));
  const reply = await startRun([process.execPath, runProcess()], request, process.env);
  if (reply.type === 'bug') throw new Error(`${reply.message}\n${reply.stack}`);
  printDiagnostics(reply.diagnostics, json);
  if (reply.type === 'refused') {
    if (json) process.stdout.write(`${JSON.stringify({ type: 'refused', ...reply.problem })}\n`);
    else if (reply.diagnostics.length === 0) printProblem(reply.problem);
    else process.stderr.write(`${path.basename(request.notebook)} was not run.\n`);
    return reply.diagnostics.length > 0 ? EXIT.failed : EXIT.mistake;
  }
  if (!json) process.stdout.write(`${reply.python} · ${reply.why}\n${formatRunId(reply)} · ${path.basename(request.notebook)}\n`);
  const store = await openStore(reply.store);
  if (!json) await warnOfGrowth(store, retention);
  if (options['detach'] === true) return EXIT.done;
  return watchRun({ store, flow: reply.flow, number: reply.number, json, stops: true, interrupts });
}

/** A store grows until somebody looks after it. */
async function warnOfGrowth(store: Store, retention: Retention): Promise<void> {
  const growth = await findGrowth(store, retention);
  if (growth === null) return;
  process.stderr.write(`The store has grown to ${formatBytes(growth.bytes)}, more than ${formatBytes(growth.warnAt)}: \`headwater gc --dry-run\` shows what could go.\n`);
}

/** It stands beside the program that runs now, which may have been called by a link. */
function runProcess(): string {
  return path.join(path.dirname(realpathSync(process.argv[1] ?? '')), 'run-process.mjs');
}

function makeRequest(notebook: string, options: Readonly<Record<string, unknown>>, shared: GlobalOptions): RunRequest {
  return {
    ...defaultRequest(path.resolve(notebook)),
    parameters: options['sweep'] === true ? readGiven({ ...options, param: [] }, process.env) : readGiven(options, process.env),
    store: shared.store ?? null,
    python: shared.python ?? null,
    tags: checkTags(options['tag'] as string[]),
    workers: parseWorkers(options['maxWorkers']),
    to: textOf(options['to']),
    only: textOf(options['only']),
    skip: options['skip'] as string[],
    failFast: options['failFast'] === true,
    on: parsePlace(options['on']),
    isolation: options['fresh'] === true ? 'spawn' : 'fork',
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

export function parsePlace(value: unknown): RunRequest['on'] {
  if (value === undefined || value === 'local' || value === 'kubernetes' || value === 'batch') return value ?? null;
  throw new UserError('bad-value', `\`--on ${typeof value === 'string' ? value : ''}\` is no place steps can run.`, 'There are local, kubernetes and batch.');
}

function parseWorkers(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UserError('bad-value', `\`--max-workers ${value}\` is not a whole number from 1 up.`, null);
  return number;
}
