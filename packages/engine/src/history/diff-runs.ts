// Two runs beside each other: what was given, what ran, with which packages, what came out, how long it took.

import type { Artifact, RunId } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';
import { readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { readFinalArtifacts } from './final-artifacts.ts';
import { foldRun } from './fold-run.ts';
import { readInstalled } from './installed.ts';
import { readMetrics } from './metrics.ts';
import { sumSteps } from './tasks.ts';

/** One thing in both runs; null where a run has none. */
export interface Pair {
  readonly name: string;
  readonly a: string | number | null;
  readonly b: string | number | null;
  readonly differs: boolean;
}

export interface RunDiff {
  readonly parameters: readonly Pair[];
  readonly metrics: readonly Pair[];
  readonly artifacts: readonly Pair[];
  /** Of each step `same`, or how its code differs. */
  readonly code: readonly Pair[];
  readonly environment: readonly Pair[];
  /** Milliseconds a step took. */
  readonly durations: readonly Pair[];
}

interface Side {
  readonly state: RunState;
  readonly parameters: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, number>;
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly packages: ReadonlyMap<string, string>;
}

export async function diffRuns(store: Store, a: RunId, b: RunId): Promise<RunDiff> {
  const [left, right] = await Promise.all([readSide(store, a), readSide(store, b)]);
  return {
    parameters: pair(left.parameters, right.parameters, (value) => value),
    metrics: pair(left.metrics, right.metrics, (value) => value),
    artifacts: pair(left.artifacts, right.artifacts, describe, ({ digest }) => digest),
    code: pair(codesOf(left.state), codesOf(right.state), (code) => code.slice(0, 8)),
    environment: pair(left.packages, right.packages, (value) => value),
    durations: pair(durationsOf(left.state), durationsOf(right.state), (value) => value),
  };
}

async function readSide(store: Store, run: RunId): Promise<Side> {
  const [state, record, packages] = await Promise.all([foldRun(store, run), readRecord(store, run.flow, run.number), readInstalled(store, run)]);
  const artifacts = await readFinalArtifacts(store, run, state);
  return {
    state,
    parameters: new Map(Object.entries(record?.parameters ?? {})),
    metrics: await readMetrics(store, run, state),
    artifacts: new Map(artifacts.map(({ name, artifact }) => [name, artifact])),
    packages,
  };
}

const stepsOf = (state: RunState) => state.steps.filter(({ plan }) => plan.kind === 'step');
const codesOf = (state: RunState) => new Map(stepsOf(state).map(({ plan }) => [plan.name, plan.code]));
const durationsOf = (state: RunState) => new Map(sumSteps(state).filter(({ kind, ms }) => kind === 'step' && ms > 0).map(({ name, ms }) => [name, Math.round(ms)]));

/** A number as it is; all else by type and shape. */
function describe({ type, preview }: Artifact): string | number {
  const { value, shape } = typeof preview === 'object' && preview !== null ? preview as { value?: unknown; shape?: unknown } : {};
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  if (Number.isFinite(number) && value !== '') return number;
  if (typeof value === 'string') return value;
  return [type.split('.').at(-1) ?? type, ...(typeof shape === 'string' ? [shape] : [])].join(' ');
}

/** In the order of the first, then what only the second has. `same` says what makes two equal. */
function pair<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, show: (value: T) => string | number, same: (value: T) => unknown = (value) => value): Pair[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((name) => {
    const [left, right] = [a.get(name), b.get(name)];
    const differs = left === undefined || right === undefined || same(left) !== same(right);
    return { name, a: left === undefined ? null : show(left), b: right === undefined ? null : show(right), differs };
  });
}
