// How jobs of a project look: the `batch` part of `headwater.json` at the project's root.

import * as v from 'valibot';
import { DEFAULT_PLATFORM } from '../remote/platform.ts';

const texts = v.record(v.string(), v.string());

export const BatchProfileSchema = v.strictObject({
  queue: v.string(),
  /** Python 3.9 or newer and what the cells import; nothing of Headwater. */
  image: v.string(),
  region: v.optional(v.nullable(v.string()), null),
  /** Another server than Amazon's. */
  endpoint: v.optional(v.nullable(v.string()), null),
  /** The store's URL as jobs reach it, where it differs from the engine's. */
  store: v.optional(v.nullable(v.string()), null),
  /** What the image runs on, as uv names it: packages of `pip:` tags are fetched for it. */
  platform: v.optional(v.string(), DEFAULT_PLATFORM),
  python: v.optional(v.string(), 'python3'),
  /** Role of the cells: the store's credentials come from it. */
  jobRole: v.optional(v.nullable(v.string()), null),
  /** Role that fetches the image; Fargate cannot do without. */
  executionRole: v.optional(v.nullable(v.string()), null),
  vcpu: v.optional(v.number(), 1),
  memoryMiB: v.optional(v.number(), 2_048),
  gpu: v.optional(v.number(), 0),
  sharedMemoryMiB: v.optional(v.nullable(v.number()), null),
  /** Fargate only: an address of its own, where no other way leads out. */
  publicIp: v.optional(v.boolean(), false),
  /** Variables; secrets by the ARN of their place. */
  env: v.optional(texts, {}),
  secrets: v.optional(texts, {}),
  tags: v.optional(texts, {}),
  /** Whose share of the queue it counts for, where the queue shares fairly. */
  share: v.optional(v.nullable(v.string()), null),
  /** Seconds a job may wait for a machine before its step fails. */
  runnableSeconds: v.optional(v.number(), 3_600),
  /** Seconds that AWS may not answer before the run stops. */
  silentSeconds: v.optional(v.number(), 1_800),
  /** Seconds after which a job that waits for its engine ends, when that gives no sign of life. */
  aloneSeconds: v.optional(v.number(), 3_600),
});
export type BatchProfile = v.InferOutput<typeof BatchProfileSchema>;
