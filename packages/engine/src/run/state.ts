// The state of a run: a fold over its events, nothing else.

import type { Died, Elements, Event, Executed, Failure, LearnedEdge, PlannedStep, RunStatus, TaskStatus, ValueFacts, Version, World } from '@headwater/protocol';
import { Roster } from './roster.ts';
import { Vector } from './vector.ts';

export interface Attempt {
  readonly id: string;
  readonly phase: 'issued' | 'began' | 'held' | 'executed' | 'died';
  /** Effects outside need not wait: every earlier step was committed when it was issued or released. */
  readonly turn: boolean;
  /** The process it runs in: its own id, or that of the attempt whose parked process it joined. */
  readonly process: string;
  /** What it saw when it was issued. */
  readonly world: World;
  readonly reads: Readonly<Record<string, Version | null>>;
  readonly readUnits: Readonly<Record<string, Version>>;
  readonly report: Executed | null;
  readonly death: Died | null;
  /** How far its cells say they have come. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  /** The failure it only binds to the name of `catch`, or null. */
  readonly caught: Failure | null;
}

/** A step as it stands in one frame: its task there. */
export interface StepState {
  readonly plan: PlannedStep;
  readonly status: TaskStatus;
  /** Number of the next attempt. */
  readonly next: number;
  readonly current: Attempt | null;
  /** An exception proved nothing because visible names were not loaded: the next attempt loads all, in its turn. */
  readonly everything: boolean;
  /** Names it turned out to read that live only in another process. */
  readonly wants: readonly string[];
  /** Of an `until`: the iteration under way, and the attempts that committed before it. */
  readonly iteration: number;
  readonly past: readonly Attempt[];
  /** How often this task has failed and was tried again. */
  readonly tries: number;
  /** How often of those for lack of memory. */
  readonly shortages: number;
  /** No earlier result stands for it: it has to run. */
  readonly missed: boolean;
  /** It waits before it is tried again. */
  readonly pausing: boolean;
  /** The failure that is about to be bound to the name of `catch`. */
  readonly catching: Failure | null;
  /** A word about how it ended, for people: reached `max`, which condition did not hold. */
  readonly note: string | null;
  /** The branches, when the step opens a foreach here. */
  readonly fan: Fan | null;
}

/** The branches of a foreach. */
export interface Fan {
  /** The attempt that took the list apart. */
  readonly split: string;
  readonly elements: Elements;
  /** Versions of the list and of its items when it was taken apart. */
  readonly list: Version | null;
  /** Some step of the branches may read the list itself, or what is stored with it. */
  readonly via: boolean;
  /** Branches opened so far; those under way; those that failed. */
  readonly opened: number;
  readonly open: readonly number[];
  readonly failed: number;
  readonly branches: Vector<Frame | EndedBranch>;
}

/** What stays of a branch that is over: enough to show it and to collect from it. */
export interface EndedBranch {
  readonly status: 'done' | 'failed';
  readonly steps: readonly EndedTask[];
  /** Its committed attempts in order. */
  readonly commits: readonly string[];
}

export interface EndedTask {
  readonly plan: PlannedStep;
  readonly status: TaskStatus;
  /** The last attempt, or null when there was none. */
  readonly id: string | null;
  readonly iteration: number;
  readonly next: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly fan: Fan | null;
}

/** A process that stays because it holds values that cannot be stored. */
export interface Parked {
  /** The attempts whose cells ran in it, in order. */
  readonly ran: readonly string[];
  readonly busy: boolean;
  /** The frame whose steps may run in it. */
  readonly frame: string;
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

interface TaskFailure {
  /** The task. */
  readonly step: string;
  readonly failure: Failure | null;
}

/** Steps that commit in order into one world: the run itself, or one branch of a foreach. */
export interface Frame {
  /** Positions of the foreach steps around it, and its place in each; empty for the run itself. */
  readonly chain: readonly number[];
  readonly path: readonly number[];
  /** Position of the first step; `steps` go on from there. */
  readonly first: number;
  readonly steps: readonly StepState[];
  /** Steps before this position are settled. */
  readonly settled: number;
  /** The namespace it began with, and after the settled steps. */
  readonly base: World;
  readonly world: World;
  /** What conditions know of names. */
  readonly values: Readonly<Record<string, ValueFacts>>;
  /** Names of the world whose values have finalizers. */
  readonly finals: ReadonlySet<string>;
  readonly replay: Replay | null;
  /** Attempts made again so far: gives them names of their own. */
  readonly copies: number;
  readonly failed: TaskFailure | null;
}

/** A foreach: from its step up to, and without, the step that joins. */
export interface Region {
  readonly at: number;
  /** Position of the join, or the number of steps when nothing closes it. */
  readonly end: number;
  readonly joined: boolean;
}

export interface Active {
  readonly bytes: number;
  readonly cpus: number;
  /** Numbers of the GPUs that are its own. */
  readonly gpus: readonly number[];
  readonly where: PlannedStep['where'];
  /** It waits before an effect outside; its slot is given away. */
  readonly held: boolean;
  /** Its result is looked for in earlier runs: it has no process and takes no room. */
  readonly sought: boolean;
}

/** Who wrote a file last, of the steps that are committed. */
interface Writer {
  readonly plan: PlannedStep;
  readonly process: string;
}

/** The run's own frame, and what all frames share. */
export interface RunState extends Frame {
  readonly status: RunStatus;
  readonly stopping: boolean;
  readonly failFast: boolean;
  readonly workers: number;
  /** Steps at once in other places: their cores are not this machine's. */
  readonly workersElsewhere: number;
  readonly memoryBytes: number;
  readonly gpus: number;
  /** Name of a step → its position; positions of the foreach steps around each, its own included. */
  readonly positions: ReadonlyMap<string, number>;
  readonly chains: readonly (readonly number[])[];
  readonly regions: ReadonlyMap<number, Region>;
  /** From this position on steps run when the run has ended. */
  readonly closing: number;
  /** By position: positions of the steps it waits for, predicted and learned. */
  readonly after: readonly ReadonlySet<number>[];
  /** Attempts whose processes run, or whose results are looked for. */
  readonly active: Roster;
  readonly parked: Readonly<Record<string, Parked>>;
  readonly learned: readonly LearnedEdge[];
  /** Files that committed steps wrote, in runs of which not all steps share a disk. */
  readonly written: ReadonlyMap<string, Writer>;
  /** Modules of the project as the first committed step that imported them found them: one session goes on with that code. */
  readonly modules: ReadonlyMap<string, { readonly digest: string; readonly step: string }>;
  /** Every task that failed for good, in the order it happened. */
  readonly failures: readonly TaskFailure[];
  /** The frame the last event was about: the only one in which something may follow from it at once. */
  readonly touched: { readonly chain: readonly number[]; readonly path: readonly number[] };
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
  gpus: 0,
  positions: new Map(),
  chains: [],
  regions: new Map(),
  closing: 0,
  after: [],
  chain: [],
  path: [],
  first: 0,
  steps: [],
  settled: 0,
  base: EMPTY_WORLD,
  world: EMPTY_WORLD,
  values: {},
  finals: new Set(),
  replay: null,
  copies: 0,
  active: Roster.empty,
  parked: {},
  learned: [],
  written: new Map(),
  modules: new Map(),
  failed: null,
  failures: [],
  touched: { chain: [], path: [] },
  events: 0,
};

export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

export function newStep(plan: PlannedStep): StepState {
  return {
    plan, status: 'waiting', next: 0, current: null, everything: false, wants: [], iteration: 0, past: [], tries: 0, shortages: 0, missed: false, pausing: false, catching: null, note: null, fan: null,
  };
}

/** What a step's cells cost, in milliseconds and bytes. */
export function costOf(attempt: Attempt | null): { ms: number; cpuMs: number; peakBytes: number } {
  const cost = attempt?.report?.cost;
  return cost === undefined ? { ms: 0, cpuMs: 0, peakBytes: attempt?.death?.peakBytes ?? 0 } : { ms: cost.loadMs + cost.runMs + cost.saveMs, cpuMs: cost.cpuMs, peakBytes: cost.peakBytes };
}
