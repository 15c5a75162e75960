// The wire between engine and worker: one JSON object a line, both ways. Optionals are null, never missing.

import * as v from 'valibot';
import { recordOf } from './record-of.ts';
import { AsksSchema } from './asks.ts';
import { ElementsSchema, ValueFactsSchema } from './control.ts';
import { CostSchema, DeltaSchema, FailureSchema, FilesSchema } from './manifest.ts';
import { WorldSchema } from './world.ts';

export const WIRE_VERSION = 6;

// ---------------------------------------------------------------- engine → worker

export const CellSourceSchema = v.object({
  /** Position in the notebook. */
  index: v.number(),
  /** The execution count that Restart-and-Run-All would show. */
  number: v.number(),
  source: v.string(),
});
export type CellSource = v.InferOutput<typeof CellSourceSchema>;

/** Cells to be read as Python by the interpreter that will run them, before the run gets a number. */
export const ParseSchema = v.object({ type: v.literal('parse'), cells: v.array(v.object({ index: v.number(), source: v.string() })) });

/** What a worker is told once, before any attempt. */
export const HelloSchema = v.object({
  type: v.literal('hello'),
  wire: v.literal(WIRE_VERSION),
  store: v.string(),
  /** Key prefix of the run in the store, `flows/churn/runs/00000042`. */
  prefix: v.string(),
  flow: v.string(),
  run: v.number(),
  /** The folder cells run in: the notebook's. */
  folder: v.string(),
  /** Parts of the project are told from the rest of the disk by this folder. */
  project: v.string(),
  /** All cells of the flow, for tracebacks and inspect. */
  cells: v.array(CellSourceSchema),
  /** Modules that setup imports: candidates to import before forking. */
  preload: v.array(v.string()),
  /** What was given, as Python. */
  parameters: recordOf(v.string()),
  /** `fork` where it is safe, else a fresh interpreter each; `spawn` always the latter. */
  isolation: v.picklist(['fork', 'spawn']),
  /** Variables of the worker's own environment whose values are kept out of everything that is written. */
  secrets: v.array(v.string()),
  /** Variables that tags of some step set: never carried from step to step. */
  variables: v.array(v.string()),
  /** The environment of its own that it serves, or null: it notes what is installed in a file of that name. */
  environment: v.nullable(v.string()),
  /** Key prefixes of the runs it goes on from, the nearest first: their checkpoints count where this run has none. */
  earlier: v.array(v.string()),
});
export type Hello = v.InferOutput<typeof HelloSchema>;

export const StartSchema = v.object({
  type: v.literal('start'),
  /** Attempt key, `train.0`. */
  id: v.string(),
  step: v.string(),
  task: v.string(),
  attempt: v.number(),
  cells: v.array(CellSourceSchema),
  openness: v.picklist(['closed', 'open', 'opaque']),
  /** Names the analysis predicts to be read and deleted; a closed step loads these and what they lead to. */
  reads: v.array(v.string()),
  binds: v.array(v.string()),
  deletes: v.array(v.string()),
  /** Cells that write outside in ways audit events do not show. */
  writers: v.array(v.number()),
  /** Cells that ask what stands on the disk in ways audit events do not show, of files whose names are not known before: they wait for their turn. */
  askers: v.array(v.number()),
  /** The files asked for in such ways whose names are known. */
  asked: v.array(v.string()),
  world: WorldSchema,
  /** Load every visible name: an opaque step, or a second try after an exception. */
  everything: v.boolean(),
  /** All earlier steps are committed: effects outside need not wait. */
  turn: v.boolean(),
  /** The attempt whose parked process this one must run in, or null for a process of its own. */
  inside: v.nullable(v.string()),
  /** The attempt it only makes again, for what could not be stored: nothing it prints or saves counts. Else null. */
  replays: v.nullable(v.string()),
  /** A later cell reads `_`, `_N` or `Out[N]`. */
  history: v.boolean(),
  /** Its place in the foreach steps around it, outermost first, and its iteration. */
  indices: v.array(v.number()),
  iteration: v.nullable(v.number()),
  /** How often the task has failed and was tried again. */
  tries: v.number(),
  /** Names whose truth and text conditions ask for: reported where the attempt bound or changed them. */
  watch: v.array(v.string()),
  /** Takes `list` apart instead of running cells. */
  split: v.nullable(v.object({ item: v.string(), list: v.string() })),
  /**
   * Items around it that share mutable objects with their list (and `tied`, the names stored with it). `via`: some step of the branch may
   * read those, so the item is taken out of the list; else it is loaded alone, and reading any of them is refused.
   */
  elements: v.array(v.object({ item: v.string(), list: v.string(), index: v.number(), tied: v.array(v.string()), via: v.boolean() })),
  /** Of a join: the branches in order, each the attempts that committed in it; `all` as the tags say. */
  inputs: v.nullable(v.object({ item: v.string(), split: v.string(), all: v.array(v.tuple([v.string(), v.string()])), branches: v.array(v.array(v.string())) })),
  /** The name that gets the failure; `last`: an exception is not tried again, `lastOfMemory`: nor one for lack of memory. */
  catches: v.nullable(v.object({ name: v.string(), last: v.boolean(), lastOfMemory: v.boolean() })),
  /** The failure to bind instead of running cells: its process could not do so itself. */
  caught: v.nullable(FailureSchema),
  /** It runs because the run has failed: the task that failed first, and how. Else null. */
  failed: v.nullable(v.object({ task: v.string(), failure: FailureSchema })),
  asks: AsksSchema,
  /** What it may take before it is ended for it, in bytes; null: whatever there is. */
  memoryLimit: v.nullable(v.number()),
  /** The GPUs of its machine that are its own, as the driver calls them; null where nobody deals them out. */
  gpus: v.nullable(v.array(v.string())),
});
export type Start = v.InferOutput<typeof StartSchema>;

/** A held attempt may go on: all earlier steps are committed, this is the world now. */
export const GoSchema = v.object({ type: v.literal('go'), id: v.string(), world: WorldSchema });

/** End the process of an attempt, running or parked; gently, so that `finally` blocks run, or at once. */
export const StopSchema = v.object({ type: v.literal('stop'), id: v.string(), gently: v.boolean() });

export const ToWorkerSchema = v.variant('type', [ParseSchema, HelloSchema, StartSchema, GoSchema, StopSchema]);
export type ToWorker = v.InferOutput<typeof ToWorkerSchema>;

// ---------------------------------------------------------------- worker → engine

/** The first word of a worker, before it is told anything: its interpreter can serve. */
export const UpSchema = v.object({ type: v.literal('up'), wire: v.literal(WIRE_VERSION), python: v.string() });

/** Cells that are no Python; `line` counts from 1 in the cell. */
export const ParsedSchema = v.object({
  type: v.literal('parsed'),
  problems: v.array(v.object({ index: v.number(), line: v.number(), message: v.string() })),
});
export type SyntaxProblem = v.InferOutput<typeof ParsedSchema>['problems'][number];

export const ReadySchema = v.object({
  type: v.literal('ready'),
  wire: v.literal(WIRE_VERSION),
  python: v.string(),
  /** Version of IPython, or null where cells run as plain Python. */
  ipython: v.nullable(v.string()),
  /** `fork`, or `spawn` with the reason in one clause. */
  isolation: v.picklist(['fork', 'spawn']),
  reason: v.nullable(v.string()),
});
export type Ready = v.InferOutput<typeof ReadySchema>;

/** The namespace is loaded, the first cell starts. `reads` is what is known to be read by then. */
export const BeganSchema = v.object({
  type: v.literal('began'),
  id: v.string(),
  pid: v.number(),
  reads: recordOf(v.nullable(v.string())),
  readUnits: recordOf(v.string()),
});

/** Stopped before its first effect outside, `open data.csv for writing`, until it is told to go on. */
export const HeldSchema = v.object({
  type: v.literal('held'),
  id: v.string(),
  effect: v.string(),
  reads: recordOf(v.nullable(v.string())),
  readUnits: recordOf(v.string()),
});

/** How far the cells have come, as they say: `headwater.current.progress(done, total)`. */
export const ProgressSchema = v.object({ type: v.literal('progress'), id: v.string(), done: v.number(), total: v.nullable(v.number()) });

export const ExecutedSchema = v.object({
  type: v.literal('executed'),
  id: v.string(),
  /**
   * `failed`: the cells raised. `again`: they raised while visible names were not loaded, so it proves nothing.
   * `elsewhere`: it reads `wants`, which live only in another process.
   */
  outcome: v.picklist(['done', 'failed', 'again', 'elsewhere']),
  wants: v.array(v.string()),
  delta: DeltaSchema,
  failure: v.nullable(FailureSchema),
  files: FilesSchema,
  warnings: v.array(v.string()),
  /** The process stays, holding what could not be stored. */
  parked: v.boolean(),
  /** It had an effect outside: it must not run a second time. */
  effect: v.boolean(),
  cost: CostSchema,
  /** The attempt of an earlier run whose result this is, `churn/41/train.0`, or null. */
  origin: v.nullable(v.string()),
  /** Of the names that were to be watched, those it bound or changed. */
  values: recordOf(ValueFactsSchema),
  elements: v.nullable(ElementsSchema),
  /** It failed and bound its failure: the run goes on with what it left. */
  caught: v.boolean(),
  /** Modules of the project it imported: path relative to the project → sha256 of the source as it was then. */
  modules: recordOf(v.string()),
});
export type Executed = v.InferOutput<typeof ExecutedSchema>;

/** The process of an attempt is gone without `executed`: what it died of, in words and as facts. */
export const DiedSchema = v.object({
  type: v.literal('died'),
  id: v.string(),
  cause: v.picklist(['exit', 'signal', 'memory', 'start', 'timeout']),
  /** Exit code or signal number. */
  code: v.number(),
  sentence: v.string(),
  /** Where it was: position of the cell in the notebook, or null. */
  cell: v.nullable(v.number()),
  peakBytes: v.number(),
});
export type Died = v.InferOutput<typeof DiedSchema>;

/** A parked process ended on its own. */
export const GoneSchema = v.object({ type: v.literal('gone'), id: v.string() });

/** The worker itself cannot go on: a bug of ours or an interpreter that cannot serve. */
export const BrokenSchema = v.object({ type: v.literal('broken'), code: v.string(), sentence: v.string(), detail: v.string() });

export const FromWorkerSchema = v.variant('type', [UpSchema, ParsedSchema, ReadySchema, BeganSchema, HeldSchema, ProgressSchema, ExecutedSchema, DiedSchema, GoneSchema, BrokenSchema]);
export type FromWorker = v.InferOutput<typeof FromWorkerSchema>;
