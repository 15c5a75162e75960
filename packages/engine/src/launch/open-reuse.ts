// Results of earlier runs in place of attempts: of the run this one goes on from, and for cached steps of the latest ones.

import { environmentKey, formatRunId, ownEnvironmentKey, parseRunId, type Executed, type PlannedStep, type RunId, type RunRecord, type Start } from '@headwater/protocol';
import type { Executor } from '../execute/executor.ts';
import { evolve } from '../run/evolve.ts';
import { INITIAL_STATE, type RunState } from '../run/state.ts';
import { asText, listSummaries } from '../store/runs.ts';
import { isRemote } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { imageId } from './compare-image.ts';
import { describeEnvironment, isSameEnvironment, type Environment } from './environment.ts';
import { isTrusted } from './find-source.ts';
import { inTurn, type Seek } from './in-turn.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { RunRequest } from './request.ts';
import { Reuse } from './reuse.ts';
import { readProfile } from './settings.ts';
import { takeOver } from './take-over.ts';

/** Runs that are looked through for a cached step, newest first. */
const LOOKED_AT = 20;

export interface RunParts {
  readonly store: Store;
  readonly record: RunRecord;
  readonly request: RunRequest;
  readonly prepared: Prepared;
  readonly executor: Executor;
  /** What the run's interpreter has, where that was asked for by now. */
  readonly described: Promise<Environment | null> | null;
  /** The run it goes on from, where that was read by now. */
  readonly before: Promise<RunState> | null;
}

/** Results are compared by what made them: asked for while the run still gets ready, since an interpreter takes its time to list packages. */
export function describeForReuse({ flow, interpreter }: Pick<Prepared, 'flow' | 'interpreter'>, { strict, resumes }: Pick<RunRequest, 'strict' | 'resumes'>): Promise<Environment | null> | null {
  const compares = (strict && resumes !== null) || flow.steps.some(({ asks }) => asks.cached);
  return compares ? describeEnvironment(interpreter.path) : null;
}

/** Read and folded while the interpreter starts. In a place that machines share the run must be claimed first: reading ends the old one's log. */
export function readBefore(store: Store, { resumes }: RunRequest): Promise<RunState> | null {
  const old = resumes === null || isRemote(store.url) ? null : parseRunId(resumes);
  const before = old === null ? null : foldRun(store, old);
  // Whoever needs it hears of a trouble with it; a run that is refused does not.
  before?.catch(() => undefined);
  return before;
}

async function foldRun(store: Store, run: RunId): Promise<RunState> {
  return (await takeOver(store, run)).reduce(evolve, INITIAL_STATE);
}

export async function openReuse(parts: RunParts, plan: Plan, current: () => RunState): Promise<Seek> {
  const { request } = parts;
  const caches = plan.steps.some(({ asks }) => asks.cached);
  const old = request.resumes === null ? null : parseRunId(request.resumes);
  if (old === null && !caches) return () => Promise.resolve(null);
  const sources = new Sources(parts, plan, current);
  const resumed = old === null || (request.strict && !(await sources.isSameEnvironment(old))) ? null : await sources.open(old, request.strict);
  const seek = async (start: Start): Promise<Executed | null> => {
    const step = plan.steps.find(({ name }) => name === start.step);
    if (step === undefined) return null;
    const suits = old === null || !request.strict || (await sources.hadImage(old, step));
    const before = suits ? await resumed?.find(start, step.code) : null;
    return before ?? (step.asks.cached && !sources.again.has(step.name) ? sources.findCached(start, step) : null);
  };
  return inTurn(seek, (start) => resumed === null || resumed.isKnown(start));
}

/** Earlier runs of the flow, each read when it is asked for. */
class Sources {
  readonly again: ReadonlySet<string>;
  readonly #parts: RunParts;
  readonly #plan: Plan;
  readonly #current: () => RunState;
  readonly #opened = new Map<string, Promise<Reuse>>();
  /** Run and place → whether its image was the one of today. */
  readonly #images = new Map<string, Promise<boolean>>();
  #here: Promise<Environment | null> | null = null;
  #cached: Promise<RunId[]> | null = null;

  constructor(parts: RunParts, plan: Plan, current: () => RunState) {
    this.#parts = parts;
    this.#plan = plan;
    this.#current = current;
    const from = plan.steps.findIndex(({ name }) => name === parts.request.from);
    this.again = new Set([...(from < 0 ? [] : plan.steps.slice(from).map(({ name }) => name)), ...(parts.request.only === null ? [] : [parts.request.only])]);
  }

  /** `strict`: only what the same environments made. */
  open(old: RunId, strict: boolean): Promise<Reuse> {
    const key = `${formatRunId(old)} ${strict}`;
    const known = this.#opened.get(key) ?? this.#read(old, strict);
    this.#opened.set(key, known);
    return known;
  }

  async #read(old: RunId, strict: boolean): Promise<Reuse> {
    const { store, record, prepared, executor, request, before } = this.#parts;
    const isResumed = formatRunId(old) === request.resumes;
    return new Reuse({
      store, old, now: record, state: await ((isResumed ? before : null) ?? foldRun(store, old)), current: this.#current,
      outlast: (attempt) => executor.outlast(old, attempt), folder: prepared.folder, project: prepared.project, again: this.again, strict,
      blind: new Set(request.only === null ? [] : this.#plan.steps.map(({ name }) => name)),
    });
  }

  async findCached(start: Start, step: PlannedStep): Promise<Executed | null> {
    this.#cached ??= this.#listCached();
    for (const run of await this.#cached) {
      if (!(await this.hadImage(run, step))) continue;
      const found = await (await this.open(run, true)).find(start, step.code);
      if (found !== null) return found;
    }
    return null;
  }

  /** What a step elsewhere finds in its image is its environment, unless it has one for itself. */
  hadImage(run: RunId, { where, environment }: PlannedStep): Promise<boolean> {
    if (where === 'local' || environment !== null) return Promise.resolve(true);
    const key = `${formatRunId(run)} ${where}`;
    const known = this.#images.get(key) ?? this.#lookForImage(run, where);
    this.#images.set(key, known);
    return known;
  }

  #lookForImage({ flow, number }: RunId, where: Exclude<PlannedStep['where'], 'local'>): Promise<boolean> {
    const { store, prepared } = this.#parts;
    return store.has(ownEnvironmentKey(flow, number, imageId(readProfile(prepared.project, where).image)));
  }

  /** One's own and trusted ones that have ended, made in the environment of this run. */
  async #listCached(): Promise<RunId[]> {
    const { store, record, prepared } = this.#parts;
    const runs = (await listSummaries(store, record.flow, LOOKED_AT)).filter(({ number, status, by }) => number !== record.number && status !== 'running' && isTrusted(by, prepared.project));
    const same = await Promise.all(runs.map((run) => this.isSameEnvironment(run)));
    return runs.filter((_, at) => same[at]);
  }

  async isSameEnvironment({ flow, number }: RunId): Promise<boolean> {
    this.#here ??= this.#parts.described ?? describeEnvironment(this.#parts.prepared.interpreter.path);
    const [here, there] = [await this.#here, asText(await this.#parts.store.get(environmentKey(flow, number)))];
    return here !== null && there !== null && isSameEnvironment(here, there);
  }
}
