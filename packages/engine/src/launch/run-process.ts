// The life of a run process: read the notebook, claim a number, answer, drive, sum up.

import os, { availableParallelism } from 'node:os';
import { eventsKey, isSetupName, LOG_FORMAT, isUserError, runPrefix, WIRE_VERSION, type Diagnostic, type Hello, type RunRecord, type SyntaxProblem } from '@headwater/protocol';
import { measureStore } from '../care/store-size.ts';
import type { Executor } from '../execute/executor.ts';
import { isRemote, openStoreForRun, refuse } from '../store/open-store.ts';
import { claimRun, listSummaries, readSummary, readTags, writeSummary } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { Drive, toEvent } from './drive.ts';
import { placeOf, refuseImpossible, withElsewhere } from './elsewhere.ts';
import { describeAll, environmentOf, makeEnvironments, startLocal, type RunEnvironments } from './environments.ts';
import type { EarlyInterpreter } from './early-interpreter.ts';
import { expectedOf } from './expected.ts';
import { describeGit } from './git.ts';
import { describeOwner } from './owner.ts';
import { notify } from './notify.ts';
import { findImports, keepLearned, planRun, waitForAll, type Past } from './plan.ts';
import { countGpus } from './machine.ts';
import { prepare, type Prepared } from './prepare.ts';
import { refuseUnmet, secretsOf, variablesOf } from './refuse-unmet.ts';
import type { Reply } from './reply.ts';
import type { RunRequest } from './request.ts';
import { awaitStop } from './request-stop.ts';
import { findEarlier } from './find-earlier.ts';
import { findSource } from './find-source.ts';
import { describeForReuse, openReuse, readBefore, type RunParts } from './open-reuse.ts';
import { noteLargeFiles } from './tagged-files.ts';
import { summarise } from './summarise.ts';
import { readNotify } from './settings.ts';
import { putBlob } from './snapshot.ts';
import { ENGINE_VERSION } from './version.ts';

/** Part of the machine's memory that steps may be planned into; the rest is for everything else that runs on it. */
const MEMORY_SHARE = 0.8;

/** Pods at once unless `--max-workers` says so: what is beyond a namespace's quota waits there. */
const ELSEWHERE = 64;

interface Beginning {
  /** Called before the first cell runs: with what is prepared, if that takes its time, then once with what became of it. */
  readonly answer: (reply: Reply) => void;
  /** Has started an interpreter, or does now. Closed by whoever made it. */
  readonly early: EarlyInterpreter;
}

/** Runs a request to its end. */
export async function runToEnd(request: RunRequest, beginning: Beginning): Promise<void> {
  const { answer, early } = beginning;
  const expected = expectedOf(request);
  if (expected !== null) early.start(expected);
  let prepared: Prepared;
  let asked: RunRequest;
  try {
    prepared = await prepare(request, process.env);
    asked = await findSource(request, prepared);
  } catch (error) {
    if (!isUserError(error)) throw error;
    answer({ type: 'refused', problem: { code: error.code, sentence: error.sentence, hint: error.hint }, diagnostics: [] });
    return;
  }
  const errors = prepared.flow.diagnostics.filter((each) => each.severity === 'error');
  const first = errors[0];
  if (first !== undefined) {
    answer({ type: 'refused', problem: { code: first.code, sentence: first.sentence, hint: first.hint }, diagnostics: [...prepared.flow.diagnostics] });
    return;
  }
  await run(asked, prepared, beginning);
}

async function run(request: RunRequest, asked: Prepared, { answer, early }: Beginning): Promise<void> {
  const hashSeed = request.hashSeed ?? early.hashSeed;
  const git = describeGit(asked.folder);
  let executor: Executor | null = null;
  const said = { started: false, ended: false };
  try {
    refuseImpossible(asked, request);
    refuseUnmet(asked, request.on, process.env);
    const tell = (what: string) => answer({ type: 'preparing', what });
    const environments = await makeEnvironments(asked, request, tell);
    const prepared = { ...asked, interpreter: environments.interpreter };
    const described = describeForReuse(prepared, request);
    const local = startLocal(environments, { prepared, hashSeed, early });
    executor = local.own;
    // One that nobody took would wait for the whole run.
    early.close();
    const cells = [...prepared.sources].map(([index, source]) => ({ index, source, number: prepared.flow.cells[index]?.number ?? 0 }));
    const store = await openStoreForRun(prepared.store, prepared.isStoreNamed);
    const before = readBefore(store, request);
    executor = await withElsewhere(local, { store, prepared, request, hashSeed, travelling: environments.travelling, tell });
    const problems = await executor.check(cells);
    if (problems.length > 0) {
      answer(refuseSyntax(prepared, problems));
      return;
    }
    const record = await claim({ store, request, prepared, hashSeed, environments, git: await git }).catch((error: unknown) => refuse(prepared.store, error));
    said.started = true;
    answer({
      type: 'started', flow: record.flow, number: record.number, store: prepared.store, python: prepared.interpreter.path, why: prepared.interpreter.why,
      diagnostics: [...prepared.flow.diagnostics, ...noteLargeFiles(prepared)],
    });
    await drive({ store, record, request, prepared, executor, described, before });
    said.ended = true;
  } catch (error) {
    // Once it runs, nobody listens here any more: a store that is gone ends the process, and whoever follows the log is told by it too.
    if (!isUserError(error) || said.started) throw error;
    answer({ type: 'refused', problem: { code: error.code, sentence: error.sentence, hint: error.hint }, diagnostics: [] });
  } finally {
    // What runs elsewhere outlives an engine that has lost its store or its run: `resume` finds it.
    await executor?.close(said.started && !said.ended);
  }
}

/** What the parser took for Python and the interpreter does not. */
function refuseSyntax({ flow }: Prepared, problems: readonly SyntaxProblem[]): Reply {
  const found = problems.map(({ index, line, message }): Diagnostic => {
    const step = flow.cells[index]?.step ?? '';
    const place = isSetupName(step) ? 'The setup' : `Step \`${step}\``;
    const start = { line: line - 1, column: 0 };
    return { code: 'syntax-error', severity: 'error', cell: index, range: { start, end: start }, sentence: `${place} does not compile, in line ${line}: ${message}.`, hint: null, fix: null };
  });
  const [{ code, sentence, hint } = { code: 'syntax-error', sentence: '', hint: null }] = found;
  return { type: 'refused', problem: { code, sentence, hint }, diagnostics: [...flow.diagnostics, ...found] };
}

interface Claim {
  readonly store: Store;
  readonly request: RunRequest;
  readonly prepared: Prepared;
  readonly hashSeed: number;
  readonly environments: RunEnvironments;
  readonly git: RunRecord['git'];
}

async function claim({ store, request, prepared, hashSeed, environments, git }: Claim): Promise<RunRecord> {
  const { path, why } = prepared.interpreter;
  return claimRun(store, {
    format: 1,
    flow: prepared.flow.name,
    notebook: prepared.flow.notebook,
    started: Date.now(),
    by: os.userInfo().username,
    engine: ENGINE_VERSION,
    owner: describeOwner(),
    python: { path, why },
    platform: `${process.platform}-${process.arch}`,
    hashSeed,
    parameters: { ...prepared.parameters },
    git,
    tags: request.tags,
    resumes: request.resumes,
    snapshot: await putBlob(store, prepared.text),
    environments: await Promise.all(describeAll(environments).map(async ({ record: made, lock }) => ({ ...made, lock: await putBlob(store, lock) }))),
  });
}

/** The run before this one: what it learned and what its steps took. */
async function readPast(store: Store, { flow, number }: RunRecord): Promise<Past> {
  const [past] = (await listSummaries(store, flow, 4)).filter((summary) => summary.number < number && summary.status !== 'running');
  return past ?? { learned: [], steps: [] };
}

async function drive(parts: RunParts): Promise<void> {
  const { store, record, request, prepared, executor } = parts;
  const past = await readPast(store, record);
  const circumstances = { past, placeOf: (step: string) => placeOf(prepared.flow, step, request.on), environmentOf: (step: string) => environmentOf(record, step), resumes: request.resumes !== null };
  const plan = waitForAll(planRun(prepared.flow, prepared.sources, circumstances), request.only);
  const log = await store.openLog(eventsKey(record.flow, record.number));
  const seek = await openReuse(parts, plan, () => driver.state);
  const driver: Drive = new Drive({ executor, seek, log, flow: plan.flow, cells: plan.cells, now: Date.now });
  const sum = (ended: number | null, tags: readonly string[] | null = null) => writeSummary(store, { ...summarise(record, driver.state, { ended, learned: keepLearned(past, plan) }), ...(tags === null ? {} : { tags: [...tags] }) });
  await sum(null);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => driver.put({ type: 'stop-requested', by: signal }));
  const hello: Hello = {
    type: 'hello', wire: WIRE_VERSION, store: store.url, prefix: runPrefix(record.flow, record.number), flow: record.flow, run: record.number,
    folder: prepared.folder, project: prepared.project, cells: [...plan.cells.values()].flat(), preload: findImports(plan),
    parameters: { ...prepared.literals }, isolation: request.isolation, secrets: secretsOf(plan.flow), variables: variablesOf(plan.flow), earlier: await findEarlier(store, record), environment: null,
  };
  const ended = new AbortController();
  awaitStop(store, record, () => driver.put({ type: 'stop-requested', by: 'store' }), ended.signal);
  await executor.open(hello, (message) => {
    if (message.type !== 'up' && message.type !== 'parsed') driver.put(toEvent(message));
  });
  driver.put({
    type: 'run-started', format: LOG_FORMAT, steps: [...plan.steps], failFast: request.failFast,
    workers: request.workers ?? availableParallelism(), workersElsewhere: request.workers ?? ELSEWHERE, memoryBytes: Math.floor(os.totalmem() * MEMORY_SHARE), gpus: countGpus(),
  });
  try {
    await driver.ended;
  } finally {
    // An engine that has lost its store must be gone, not look for a mark in it for ever: whoever resumes asks whether it lives.
    ended.abort();
    driver.close();
  }
  await log.close();
  await sum(Date.now(), await readTags(store, record));
  const summary = await readSummary(store, record.flow, record.number);
  if (summary !== null) await notify(readNotify(prepared.project), { store, summary, state: driver.state }, process.env);
  if (!isRemote(store.url)) await measureStore(store, Date.now());
}

