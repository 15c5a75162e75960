// What a step can see: the committed (or predicted) state of the namespace, as references into the store.

import * as v from 'valibot';
import { recordOf } from './record-of.ts';

/** The key of the attempt that last changed something, `clean.0`: a version and its origin in one word. */
export const VersionSchema = v.string();
export type Version = string;

/** A group in the store: `<attempt key>/<position in that attempt's manifest>`. */
export type GroupId = string;

/** `[version, group]` */
export const SlotSchema = v.tuple([VersionSchema, v.string()]);
export type Slot = readonly [Version, GroupId];

/**
 * A value that lives only in the process that made it: an open file, a generator, a held lock.
 * `with` are names that share a mutable object with it and are therefore bound to the same process.
 */
export const TombstoneSchema = v.object({
  version: VersionSchema,
  type: v.string(),
  reason: v.string(),
  step: v.string(),
  with: v.array(v.string()),
});
export type Tombstone = v.InferOutput<typeof TombstoneSchema>;

/**
 * Names starting with `%` are process state (`%cwd`, `%random`): variables like all others.
 * Units are classes, functions, closure cells and globals dicts of the notebook, stored once each.
 */
export const WorldSchema = v.object({
  names: recordOf(SlotSchema),
  units: recordOf(SlotSchema),
  tombstones: recordOf(TombstoneSchema),
  /** Dotted modules that the notebook's own code imported so far. */
  imports: v.array(v.string()),
});
export type World = v.InferOutput<typeof WorldSchema>;
