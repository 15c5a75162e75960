// The environments of a run as it starts: made, or read from the run it goes on from, and an executor for each.

import { blobKey, parseRunId, type RunRecord } from '@headwater/protocol';
import { countPackages } from '../environment/packages.ts';
import { provideEnvironments } from '../environment/provide.ts';
import type { Described, Provided, Recorded, Travelling } from '../environment/provided.ts';
import type { Executor } from '../execute/executor.ts';
import { LocalExecutor } from '../execute/local/local-executor.ts';
import { isRemote, openStoreForRun } from '../store/open-store.ts';
import { asText, readRecord } from '../store/runs.ts';
import { cacheFolder } from './cache-folder.ts';
import { placeOf } from './elsewhere.ts';
import type { EarlyInterpreter } from './early-interpreter.ts';
import type { Interpreter } from './interpreter.ts';
import type { Prepared } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { bridgeFolder } from './resources.ts';
import { readProfile } from './settings.ts';
import { WORKER_VARIABLES, workerEnvironment } from './worker-environment.ts';

export interface RunEnvironments {
  /** Of this machine. */
  readonly made: readonly Provided[];
  readonly travelling: readonly Travelling[];
  /** Of everything that has none for itself. */
  readonly interpreter: Interpreter;
}

/** Throws UserError where one cannot be had. */
export async function makeEnvironments(prepared: Prepared, request: RunRequest, tell: (what: string) => void): Promise<RunEnvironments> {
  const { flow, folder, interpreter } = prepared;
  const { here: made, elsewhere: travelling } = await provideEnvironments({
    flow, folder, folders: [prepared.project, bridgeFolder(), ...(isRemote(prepared.store) ? [] : [prepared.store])], python: interpreter.path, isChosen: interpreter.isChosen, env: process.env, cache: cacheFolder(process.env), variables: WORKER_VARIABLES, upgrade: request.upgrade,
    targetOf: (step) => targetOf(prepared, request, step),
    recorded: await readRecorded(prepared, request), again: request.resumes === null && request.environmentsOf !== null, tell,
  });
  const own = made.find(({ record }) => record.steps === null);
  if (own === undefined) return { made, travelling, interpreter };
  return { made, travelling, interpreter: { path: own.python, why: `environment of ${own.record.why}, ${countPackages(own.record.packages)}`, isChosen: true } };
}

/** Null for a step of this machine. */
function targetOf({ flow, project }: Prepared, { on }: RunRequest, step: string): string | null {
  const place = placeOf(flow, step, on);
  return place === 'local' ? null : readProfile(project, place).platform;
}

/** All of them, as the run's record has them. */
export const describeAll = ({ made, travelling }: RunEnvironments): readonly Described[] => [...made, ...travelling];

async function readRecorded(prepared: Prepared, { environmentsOf }: RunRequest): Promise<Recorded[]> {
  const run = environmentsOf === null ? null : parseRunId(environmentsOf);
  if (run === null) return [];
  const store = await openStoreForRun(prepared.store, prepared.isStoreNamed);
  const found = (await readRecord(store, run.flow, run.number))?.environments ?? [];
  const locks = await Promise.all(found.map(async (record) => ({ record, lock: asText(await store.get(blobKey(record.lock))) })));
  return locks.flatMap(({ record, lock }) => (lock === null ? [] : [{ record, lock }]));
}

/** Executors of this machine. */
export interface Local {
  readonly own: Executor;
  /** Id of an environment → the one that serves it. */
  readonly others: ReadonlyMap<string, Executor>;
  readonly environmentOf: (step: string) => string | null;
}

/** Their interpreters start at once. */
export function startLocal({ made, interpreter }: RunEnvironments, { prepared, hashSeed, early }: { prepared: Prepared; hashSeed: number; early: EarlyInterpreter }): Local {
  const start = ({ python, command, env }: Pick<Provided, 'python' | 'command' | 'env'>, environment: string | null) => {
    const options = { python, command, bridge: bridgeFolder(), folder: prepared.folder, env: workerEnvironment(env, hashSeed), environment };
    return new LocalExecutor(options, early.take(options));
  };
  const run = made.find(({ record }) => record.steps === null);
  const others = made.filter(({ record }) => record.steps !== null);
  return {
    own: start(run ?? { python: interpreter.path, command: [interpreter.path], env: process.env }, null),
    others: new Map(others.map((each) => [each.record.id, start(each, each.record.id)])),
    environmentOf: (step) => find(others.map(({ record }) => record), step),
  };
}

/** The environment that a step has for itself, or null. */
export function environmentOf({ environments }: RunRecord, step: string): string | null {
  return find(environments, step);
}

function find(records: readonly { readonly id: string; readonly steps: readonly string[] | null }[], step: string): string | null {
  return records.find(({ steps }) => steps?.includes(step) === true)?.id ?? null;
}
