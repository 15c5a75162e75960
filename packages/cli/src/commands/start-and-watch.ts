// Starts a run process and follows its log as anybody could, for every verb that makes a run.

import path from 'node:path';
import { formatBytes, formatRunId } from '@headwater/protocol';
import {
  describeEnvironment, findGrowth, findInstalledChanges, openStore, projectOf, readRetention, startRun,
  type Answer, type Retention, type RunRequest, type Store,
} from '@headwater/engine';
import { takeRunProcess } from '../early.ts';
import { EXIT, printProblem } from '../exit.ts';
import { printDiagnostics } from '../render/diagnostics.ts';
import { describeChanges } from '../render/installed.ts';
import { Interrupts } from '../render/interrupts.ts';
import { watchRun } from '../render/watch-run.ts';
import type { GlobalOptions } from '../verbs.ts';

type Started = Extract<Answer, { type: 'started' }>;

export async function startAndWatch(request: RunRequest, options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const interrupts = new Interrupts();
  const json = shared.json === true;
  try {
    const retention = readRetention(projectOf(request.notebook));
    const reply = await ask(request, json, interrupts);
    if (reply === null) return EXIT.interrupted;
    if (reply.type === 'bug') throw new Error(`${reply.message}\n${reply.stack}`);
    printDiagnostics(reply.diagnostics, json);
    if (reply.type === 'refused') return sayRefused(reply, request, json);
    if (!json) process.stdout.write(`${reply.python} · ${reply.why}\n${formatRunId(reply)} · ${path.basename(request.notebook)}\n`);
    const store = await openStore(reply.store);
    if (!json) await warnOfGrowth(store, retention);
    return options['detach'] === true ? EXIT.done : await follow({ store, started: reply, request, json, interrupts });
  } finally {
    interrupts.close();
  }
}

/** Null when Ctrl-C came before it had started. */
async function ask(request: RunRequest, json: boolean, interrupts: Interrupts): Promise<Answer | null> {
  const unwanted = new AbortController();
  const reply = await startRun(request, {
    child: takeRunProcess(), signal: unwanted.signal,
    preparing: (what) => {
      interrupts.listen(() => unwanted.abort());
      if (json) process.stdout.write(`${JSON.stringify({ type: 'preparing', what })}\n`);
      else process.stderr.write(`${what}\n`);
    },
  });
  return reply.type === 'bug' && unwanted.signal.aborted ? null : reply;
}

function sayRefused({ problem, diagnostics }: Extract<Answer, { type: 'refused' }>, { notebook }: RunRequest, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ type: 'refused', ...problem })}\n`);
  else if (diagnostics.length === 0) printProblem(problem);
  else process.stderr.write(`${path.basename(notebook)} was not run.\n`);
  return diagnostics.length > 0 ? EXIT.failed : EXIT.mistake;
}

interface Following {
  readonly store: Store;
  readonly started: Started;
  readonly request: RunRequest;
  readonly json: boolean;
  readonly interrupts: Interrupts;
}

async function follow({ store, started, request, json, interrupts }: Following): Promise<number> {
  const changes = json || request.resumes === null ? Promise.resolve(null) : describeEnvironment(started.python).then((described) => findInstalledChanges(store, started, request.resumes, described));
  // It is waited for below: until then a store in trouble is the run's to tell.
  changes.catch(() => undefined);
  const code = await watchRun({ store, flow: started.flow, number: started.number, json, stops: true, interrupts });
  const changed = (await changes) ?? [];
  if (changed.length > 0) {
    const meaning = request.strict ? 'Nothing that the old environment made was reused.' : 'What was reused was made with the old ones; `--strict` runs it again.';
    process.stdout.write(`Since ${request.resumes ?? ''}: ${describeChanges(changed)}\n  ${meaning}\n`);
  }
  return code;
}

/** A store grows until somebody looks after it. */
async function warnOfGrowth(store: Store, retention: Retention): Promise<void> {
  const growth = await findGrowth(store, retention);
  if (growth === null) return;
  process.stderr.write(`The store has grown to ${formatBytes(growth.bytes)}, more than ${formatBytes(growth.warnAt)}: \`headwater gc --dry-run\` shows what could go.\n`);
}
