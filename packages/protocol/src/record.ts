// What the store keeps about a run beside its events: the record written when it is claimed, and the summary a list shows.

import * as v from 'valibot';
import { LearnedEdgeSchema, RunStatusSchema } from './events.ts';
import { FailureSchema } from './manifest.ts';

/** Number of the store's layout. A store of a higher number is not touched. */
export const STORE_FORMAT = 1;

export const OwnerSchema = v.object({
  host: v.string(),
  pid: v.number(),
  /** Start time of the process as the system counts it: tells a reused pid. */
  started: v.string(),
});
export type Owner = v.InferOutput<typeof OwnerSchema>;

/** An environment that was built for a run: what it takes to build the same again. */
export const EnvironmentRecordSchema = v.object({
  /** Hash of what is in it. */
  id: v.string(),
  /** Steps that have it for themselves; null: the run's own, of everything else. */
  steps: v.nullable(v.array(v.string())),
  /** What asked for it, in a clause. */
  why: v.string(),
  /** Full version of its interpreter. */
  python: v.string(),
  /** Hash of what was asked for. */
  asked: v.string(),
  packages: v.record(v.string(), v.string()),
  /** Blob with every package, its version and hashes, as pip and uv read it. */
  lock: v.string(),
});
export type EnvironmentRecord = v.InferOutput<typeof EnvironmentRecordSchema>;

/** Create-once: claims the run's number. */
export const RunRecordSchema = v.object({
  format: v.literal(STORE_FORMAT),
  flow: v.string(),
  number: v.number(),
  notebook: v.string(),
  started: v.number(),
  by: v.string(),
  engine: v.string(),
  owner: OwnerSchema,
  python: v.object({ path: v.string(), why: v.string() }),
  platform: v.string(),
  /** PYTHONHASHSEED of every worker: sets keep their order of iteration. */
  hashSeed: v.number(),
  /** What was given: name → Python literal. */
  parameters: v.record(v.string(), v.string()),
  git: v.nullable(v.object({ commit: v.string(), dirty: v.boolean() })),
  tags: v.array(v.string()),
  /** The run this one resumes, `churn/41`, or null. */
  resumes: v.nullable(v.string()),
  /** Blob with the notebook as it ran. */
  snapshot: v.string(),
  /** Records of before there were any say nothing. */
  environments: v.optional(v.array(EnvironmentRecordSchema), []),
});
export type RunRecord = v.InferOutput<typeof RunRecordSchema>;

export const StepSummarySchema = v.object({
  name: v.string(),
  status: v.string(),
  ms: v.number(),
  /** The most of any of its tasks. */
  peakBytes: v.number(),
  /** Older summaries have no foreach. */
  tasks: v.optional(v.number(), 1),
});
export type StepSummary = v.InferOutput<typeof StepSummarySchema>;

/** Written when the run starts and again when it ends, under a key that sorts newest first. */
export const SummarySchema = v.object({
  format: v.literal(STORE_FORMAT),
  flow: v.string(),
  number: v.number(),
  notebook: v.string(),
  status: RunStatusSchema,
  started: v.number(),
  ended: v.nullable(v.number()),
  by: v.string(),
  owner: OwnerSchema,
  parameters: v.record(v.string(), v.string()),
  tags: v.array(v.string()),
  resumes: v.nullable(v.string()),
  steps: v.array(StepSummarySchema),
  /** What failed, in one line for a list. */
  failed: v.nullable(v.object({ task: v.string(), failure: FailureSchema })),
  /** How many tasks failed. */
  failures: v.optional(v.number(), 0),
  learned: v.array(LearnedEdgeSchema),
});
export type Summary = v.InferOutput<typeof SummarySchema>;
