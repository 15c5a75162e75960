// The manifest: one file per attempt, written by the worker, create-once. What it read, bound, printed and cost. Format 3: values may refer to
// secrets; in 2 frozensets had no order of their own, and 1 had no `values`, `elements` and `metrics`.

import * as v from 'valibot';
import { recordOf } from './record-of.ts';
import { ElementsSchema, ValueFactsSchema } from './control.ts';
import { SlotSchema, TombstoneSchema, VersionSchema } from './world.ts';

const MANIFEST_FORMATS = [1, 2, 3] as const;

/** A failure of the person's code as data. `cell` is its position in the notebook, `line` counts from 1 in that cell. */
export const FailureSchema = v.object({
  type: v.string(),
  message: v.string(),
  /** Plain text without colours. */
  traceback: v.string(),
  cell: v.nullable(v.number()),
  line: v.nullable(v.number()),
});
export type Failure = v.InferOutput<typeof FailureSchema>;

/** Times in milliseconds, memory in bytes. */
export const CostSchema = v.object({
  loadMs: v.number(),
  runMs: v.number(),
  saveMs: v.number(),
  cpuMs: v.number(),
  peakBytes: v.number(),
});
export type Cost = v.InferOutput<typeof CostSchema>;

/** What the attempt changed, as the engine needs it to commit: keys, versions and groups, never a value. */
export const DeltaSchema = v.object({
  /** Name → version read; null for a name that was looked for and not there. */
  reads: recordOf(v.nullable(VersionSchema)),
  readUnits: recordOf(VersionSchema),
  /** Names and units written again that had been loaded: key (`n:x`, `u:f3`) → the group they came from, which must still be theirs. */
  based: recordOf(v.string()),
  binds: recordOf(SlotSchema),
  units: recordOf(SlotSchema),
  unbinds: v.array(v.string()),
  tombstones: recordOf(TombstoneSchema),
  imports: v.array(v.string()),
  /** Names bound whose values hold instances with `__del__`: who binds such a name again must have it, so that `__del__` runs there. */
  finals: v.array(v.string()),
});
export type Delta = v.InferOutput<typeof DeltaSchema>;

/** The content of a name, independent of its version: what reuse compares. */
export const ArtifactSchema = v.object({
  digest: v.string(),
  type: v.string(),
  /** Bytes in the store for this name's group. */
  size: v.number(),
  preview: v.unknown(),
});
export type Artifact = v.InferOutput<typeof ArtifactSchema>;

/** Bytes kept in the manifest itself (base64) or in a blob; a pack holds several groups, so an offset and a size. */
export const PayloadSchema = v.union([
  v.object({ inline: v.string() }),
  v.object({ blob: v.string(), offset: v.number(), size: v.number() }),
]);

export const GroupSchema = v.object({
  names: v.array(v.string()),
  units: v.array(v.string()),
  /** Units of other groups that this one refers to. */
  refs: v.array(v.string()),
  /** Which pickler wrote it. */
  how: v.string(),
  payload: PayloadSchema,
  /** Large out-of-band buffers, each a blob. */
  buffers: v.array(v.string()),
  /** Key (`n:x`, `u:f:train:0`) → digest of its content: what reuse compares. */
  digests: recordOf(v.string()),
  /** Which of its keys share which objects; the value layer's own notation. */
  ties: v.unknown(),
  /** Holds instances with finalizers. */
  final: v.boolean(),
});
export type Group = v.InferOutput<typeof GroupSchema>;

/** Path → stamp, `size:mtime:sha256`; the hash is left out for large files, all of it for a folder or a file that is gone. */
export const FilesSchema = v.object({
  read: recordOf(v.string()),
  written: recordOf(v.string()),
});

export const ManifestSchema = v.object({
  format: v.picklist(MANIFEST_FORMATS),
  attempt: v.string(),
  outcome: v.picklist(['done', 'failed']),
  began: v.number(),
  ended: v.number(),
  delta: DeltaSchema,
  artifacts: recordOf(ArtifactSchema),
  groups: v.array(GroupSchema),
  /** Files of the project the cells read and wrote, relative to the notebook's folder where they are inside it. */
  files: FilesSchema,
  /** Local modules it had imported: path → sha256 of the source. */
  modules: recordOf(v.string()),
  failure: v.nullable(FailureSchema),
  warnings: v.array(v.string()),
  /** It had an effect outside: it must not run a second time for the sake of a value. */
  effect: v.boolean(),
  cost: CostSchema,
  /** Where a reused attempt came from, `churn/41/train.0`, or null. */
  origin: v.nullable(v.string()),
  values: v.optional(recordOf(ValueFactsSchema), {}),
  elements: v.optional(v.nullable(ElementsSchema), null),
  /** What the cells logged with `headwater.current.metrics`, in the order it was first logged. */
  metrics: v.optional(recordOf(v.number()), {}),
});
export type Manifest = v.InferOutput<typeof ManifestSchema>;
