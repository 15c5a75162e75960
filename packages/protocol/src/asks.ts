// What the tags of a step ask for beside its course: surroundings, room, files, reuse.

import * as v from 'valibot';

/** Of a machine; null where the tags do not say. */
const RoomSchema = v.object({
  cpus: v.nullable(v.number()),
  memoryBytes: v.nullable(v.number()),
  gpus: v.nullable(v.number()),
  diskBytes: v.nullable(v.number()),
  /** `limit:RES:VAL`: the most it may take, by the place's own name of the resource. */
  limits: v.record(v.string(), v.string()),
});

export const AsksSchema = v.object({
  ...RoomSchema.entries,
  env: v.record(v.string(), v.string()),
  /** Names only: values never leave the environment they stand in. */
  secrets: v.array(v.string()),
  /** Patterns of files, relative to the notebook's folder. */
  reads: v.array(v.string()),
  writes: v.array(v.string()),
  /** Packages it needs, as requirements; with any, or with one of the two below, it runs in an environment of its own. */
  pip: v.array(v.string()),
  /** Name of a conda environment. */
  conda: v.nullable(v.string()),
  /** Reference of a container's image. */
  image: v.nullable(v.string()),
  /** The result of an earlier task with the same code, inputs, parameters and environment is as good. */
  cached: v.boolean(),
});
export type Asks = v.InferOutput<typeof AsksSchema>;

export const NO_ASKS: Asks = { cpus: null, memoryBytes: null, gpus: null, diskBytes: null, limits: {}, env: {}, secrets: [], reads: [], writes: [], pip: [], conda: null, image: null, cached: false };

const SIZES: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12, KI: 2 ** 10, MI: 2 ** 20, GI: 2 ** 30, TI: 2 ** 40 };

/** `8G`, `512Mi`, `1.5TB`: bytes, or null. */
export function readSize(text: string): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmgt]i?)b?$/i.exec(text) ?? [];
  const bytes = Math.round(Number(number) * (SIZES[unit.toUpperCase()] ?? 0));
  return number !== undefined && bytes > 0 ? bytes : null;
}

/** `2`, `0.5`, `500m`: cores, or null. */
export function readCores(text: string): number | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(m)?$/.exec(text) ?? [];
  const cores = Number(number) / (unit === undefined ? 1 : 1000);
  return number !== undefined && cores > 0 ? cores : null;
}
