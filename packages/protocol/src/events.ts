// The events of a run: an append-only log is the truth, every state is a fold over it. Format 6; `upgradeEvent` reads 1 to 5.

import * as v from 'valibot';
import { AsksSchema, NO_ASKS } from './asks.ts';
import { ClosesSchema, ControlSchema, NO_CONTROL } from './control.ts';
import { FailureSchema } from './manifest.ts';
import { DiedSchema, ExecutedSchema, type Executed } from './worker-wire.ts';

export const LOG_FORMAT = 7;

export const RunStatusSchema = v.picklist(['running', 'done', 'failed', 'stopped', 'lost']);
export type RunStatus = v.InferOutput<typeof RunStatusSchema>;

export const TaskStatusSchema = v.picklist([
  'waiting', 'running', 'executed', 'done', 'failed', 'caught', 'skipped', 'reused', 'discarded', 'stopped',
]);
export type TaskStatus = v.InferOutput<typeof TaskStatusSchema>;

const id = v.string();

/** What the run is about to do: one step in notebook order. */
export const PlannedStepSchema = v.object({
  name: v.string(),
  kind: v.picklist(['step', 'setup']),
  openness: v.picklist(['closed', 'open', 'opaque']),
  reads: v.array(v.string()),
  binds: v.array(v.string()),
  /** Steps it waits for: predicted providers, `prev:`, edges learned in earlier runs. */
  after: v.array(v.string()),
  /** Its cells: position in the notebook and execution count. */
  cells: v.array(v.object({ index: v.number(), number: v.number() })),
  /** Digest of its cells as they run, parameters applied. */
  code: v.string(),
  /** Peak memory it took in the last run of this code, in bytes, or null. */
  expectedBytes: v.nullable(v.number()),
  /** Where it runs; logs written before there was another place say nothing. */
  where: v.optional(v.picklist(['local', 'kubernetes', 'batch']), 'local'),
  control: ControlSchema,
  asks: AsksSchema,
  /** The environment it has for itself (record.ts), or null. */
  environment: v.nullable(v.string()),
  /** It runs when the run has ended so; such steps come last. Null: in its place. */
  closes: v.nullable(ClosesSchema),
  /** What an earlier run made may stand for it: that is looked for before it runs. */
  sought: v.boolean(),
});
export type PlannedStep = v.InferOutput<typeof PlannedStepSchema>;

export const LearnedEdgeSchema = v.object({
  from: v.string(),
  to: v.string(),
  names: v.array(v.string()),
  /** Digests of both steps' code: the edge holds for this code only. */
  code: v.tuple([v.string(), v.string()]),
});
export type LearnedEdge = v.InferOutput<typeof LearnedEdgeSchema>;

const body = v.variant('type', [
  v.object({ type: v.literal('run-started'), format: v.literal(LOG_FORMAT), steps: v.array(PlannedStepSchema), failFast: v.boolean(), workers: v.number(), /** Steps at once in other places. */ workersElsewhere: v.optional(v.number(), 0), memoryBytes: v.number(),
    /** GPUs of this machine. */
    gpus: v.number() }),
  v.object({ type: v.literal('worker-ready'), python: v.string(), ipython: v.nullable(v.string()), isolation: v.string(), reason: v.nullable(v.string()) }),
  v.object({ type: v.literal('task-issued'), id, step: v.string(), task: v.string(), attempt: v.number(), turn: v.boolean(), everything: v.boolean(), inside: v.nullable(id), replays: v.nullable(id),
    /** The failure it only binds to the name of `catch`. */
    caught: v.nullable(FailureSchema),
    /** No process yet: its result is looked for among earlier runs. */
    sought: v.boolean() }),
  /** There was no earlier result; the attempt is issued once more, to run. */
  v.object({ type: v.literal('task-missed'), id }),
  v.object({ type: v.literal('task-began'), id, pid: v.number(), reads: v.record(v.string(), v.nullable(v.string())), readUnits: v.record(v.string(), v.string()) }),
  v.object({ type: v.literal('task-held'), id, effect: v.string(), reads: v.record(v.string(), v.nullable(v.string())), readUnits: v.record(v.string(), v.string()) }),
  v.object({ type: v.literal('task-released'), id }),
  /** `total` is null where the cells do not know it. */
  v.object({ type: v.literal('task-progress'), id, done: v.number(), total: v.nullable(v.number()) }),
  v.object({ type: v.literal('task-executed'), id, report: ExecutedSchema }),
  v.object({ type: v.literal('task-died'), id, report: DiedSchema }),
  v.object({ type: v.literal('task-committed'), id }),
  /** `everything`: the next attempt loads all names. */
  v.object({ type: v.literal('task-discarded'), id, because: v.array(v.string()), by: v.nullable(v.string()), everything: v.boolean(), sentence: v.string() }),
  /** `failure` where the engine says why and not the cells. */
  v.object({ type: v.literal('task-failed'), id, failure: v.nullable(FailureSchema) }),
  /** It failed, and goes on with what it left and the failure bound to a name. */
  v.object({ type: v.literal('task-caught'), id }),
  /** It failed and is tried again, after `wait` milliseconds; no process and no slot is held meanwhile. */
  v.object({ type: v.literal('task-retried'), id, failure: v.nullable(FailureSchema), wait: v.number() }),
  /** The wait of the task is over. */
  v.object({ type: v.literal('task-due'), id }),
  /** It ran longer than its `timeout`. */
  v.object({ type: v.literal('task-expired'), id, report: DiedSchema }),
  /** Its `when` does not hold; of a foreach, everything through its join. `id` is the task. */
  v.object({ type: v.literal('task-skipped'), id, because: v.string() }),
  v.object({ type: v.literal('task-stopped'), id }),
  v.object({ type: v.literal('process-gone'), id }),
  v.object({ type: v.literal('stop-requested'), by: v.string() }),
  v.object({ type: v.literal('run-broken'), code: v.string(), sentence: v.string() }),
  v.object({ type: v.literal('run-ended'), status: RunStatusSchema }),
]);

/** `t` is milliseconds since the epoch, `n` counts from 0 without a gap. */
export const EventSchema = v.intersect([v.object({ n: v.number(), t: v.number() }), body]);
export type EventBody = v.InferOutput<typeof body>;
export type Event = EventBody & { readonly n: number; readonly t: number };
export type EventType = EventBody['type'];

/** What steps meant before tags could say otherwise: format 1 had none of it, 2 place and control, 3 what steps ask for, but no environments, 4 no steps for the end; up to 5 whoever looked for earlier results said nothing of it. Up to 6 nobody said which modules a step had imported. */
const BEFORE = { where: 'local', control: NO_CONTROL, environment: null, closes: null, sought: false } as const;

/** An event as it was read, in whichever format: what an older one could not say is what it meant. */
export function upgradeEvent(event: Event): Event {
  if (event.type === 'run-started' && (event.format as number) < LOG_FORMAT) {
    return { ...event, format: LOG_FORMAT, gpus: (event as { gpus?: number }).gpus ?? 0, steps: event.steps.map((step) => ({ ...BEFORE, ...step, asks: { ...NO_ASKS, ...(step as Partial<PlannedStep>).asks } })) };
  }
  if (event.type === 'task-issued' && !('sought' in event)) {
    const old = event as Event & { type: 'task-issued' };
    return { ...old, caught: 'caught' in old ? old.caught : null, sought: false };
  }
  if (event.type === 'task-executed' && !('modules' in event.report)) {
    const old = event.report as Omit<Executed, 'values' | 'elements' | 'caught' | 'modules'> & Partial<Executed>;
    return { ...event, report: { values: {}, elements: null, caught: false, modules: {}, ...old } };
  }
  return event;
}
