// The state of a run: a fold over its events, nothing else.

import type { Died, Event, Executed, Failure, LearnedEdge, PlannedStep, RunStatus, TaskStatus, Version, World } from '@headwater/protocol';

export interface Attempt {
  readonly id: string;
  readonly phase: 'issued' | 'began' | 'held' | 'executed' | 'died';
  /** Effects outside need not wait: every earlier step was committed when it was issued or released. */
  readonly turn: boolean;
  /** The process it runs in: its own id, or that of the attempt whose parked process it joined. */
  readonly process: string;
  readonly reads: Readonly<Record<string, Version | null>>;
  readonly readUnits: Readonly<Record<string, Version>>;
  readonly report: Executed | null;
  readonly death: Died | null;
}

export interface StepState {
  readonly plan: PlannedStep;
  /** Positions of the steps it waits for: predicted and learned. */
  readonly after: ReadonlySet<number>;
  readonly status: TaskStatus;
  /** Number of the next attempt. */
  readonly next: number;
  readonly current: Attempt | null;
  /** An exception proved nothing because visible names were not loaded: the next attempt loads all, in its turn. */
  readonly everything: boolean;
  /** Names it turned out to read that live only in another process. */
  readonly wants: readonly string[];
}

/** A process that stays because it holds values that cannot be stored. */
export interface Parked {
  /** The attempts whose cells ran in it, in order. */
  readonly ran: readonly string[];
  readonly busy: boolean;
}

/** Making again, in one process, the attempts whose unstorable values are needed. */
interface Replay {
  /** Attempts to make again, in order, and the position of the step that needs them. */
  readonly attempts: readonly string[];
  readonly step: number;
  readonly done: number;
  /** The process they run in, once the first is issued. */
  readonly process: string | null;
  /** The attempt under way. */
  readonly current: string | null;
  /** Why it cannot be done. */
  readonly failure: Failure | null;
}

export interface RunState {
  readonly status: RunStatus;
  readonly stopping: boolean;
  readonly failFast: boolean;
  readonly workers: number;
  /** Steps at once in other places: their cores are not this machine's. */
  readonly workersElsewhere: number;
  readonly memoryBytes: number;
  readonly steps: readonly StepState[];
  /** Steps before this position are settled. */
  readonly settled: number;
  /** The namespace after the settled steps. */
  readonly world: World;
  /** Names of the world whose values have finalizers. */
  readonly finals: ReadonlySet<string>;
  readonly parked: Readonly<Record<string, Parked>>;
  readonly replay: Replay | null;
  readonly learned: readonly LearnedEdge[];
  readonly failed: { readonly step: string; readonly failure: Failure | null } | null;
  readonly events: number;
}

export const EMPTY_WORLD: World = { names: {}, units: {}, tombstones: {}, imports: [] };

export const INITIAL_STATE: RunState = {
  status: 'running',
  stopping: false,
  failFast: false,
  workers: 1,
  workersElsewhere: 0,
  memoryBytes: 0,
  steps: [],
  settled: 0,
  world: EMPTY_WORLD,
  finals: new Set(),
  parked: {},
  replay: null,
  learned: [],
  failed: null,
  events: 0,
};

export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

/** The step an attempt belongs to, or the step itself when nothing of it was ever started. */
export function findStep(state: RunState, id: string): number {
  return state.steps.findIndex((step) => step.current?.id === id || (step.current === null && step.plan.name === id));
}

/** Position of the step that made a version, or -1 for what was never there. */
export function positionOf(state: RunState, version: Version | null): number {
  if (version === null) return -1;
  const step = version.slice(0, version.lastIndexOf('.'));
  return state.steps.findIndex((each) => each.plan.name === step);
}
