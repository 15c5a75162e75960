// How pods of a project look: the `kubernetes` part of `headwater.json` at the project's root.

import * as v from 'valibot';
import { DEFAULT_PLATFORM } from '../remote/platform.ts';

const labels = v.record(v.string(), v.string());

export const ProfileSchema = v.strictObject({
  /** Python 3.9 or newer and what the cells import; nothing of Headwater. */
  image: v.string(),
  namespace: v.optional(v.string(), 'default'),
  /** Of the kubeconfig; null: the current one. */
  context: v.optional(v.nullable(v.string()), null),
  /** The store's URL as pods reach it, where it differs from the engine's. */
  store: v.optional(v.nullable(v.string()), null),
  /** What the image runs on, as uv names it: packages of `pip:` tags are fetched for it. */
  platform: v.optional(v.string(), DEFAULT_PLATFORM),
  /** Program in the image that starts Python. */
  python: v.optional(v.string(), 'python3'),
  serviceAccount: v.optional(v.nullable(v.string()), null),
  /** Secrets whose keys become variables of the environment: the store's credentials where no role gives them. */
  envFromSecrets: v.optional(v.array(v.string()), []),
  env: v.optional(labels, {}),
  imagePullPolicy: v.optional(v.picklist(['Always', 'IfNotPresent', 'Never']), 'IfNotPresent'),
  imagePullSecrets: v.optional(v.array(v.string()), []),
  cpu: v.optional(v.string(), '1'),
  memory: v.optional(v.string(), '2Gi'),
  /** GPUs, as `nvidia.com/gpu: "1"`, and other counted resources. */
  resources: v.optional(labels, {}),
  nodeSelector: v.optional(labels, {}),
  tolerations: v.optional(v.array(v.record(v.string(), v.unknown())), []),
  affinity: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
  volumes: v.optional(v.array(v.record(v.string(), v.unknown())), []),
  volumeMounts: v.optional(v.array(v.record(v.string(), v.unknown())), []),
  /** Size of /dev/shm. */
  sharedMemory: v.optional(v.string(), '64Mi'),
  labels: v.optional(labels, {}),
  annotations: v.optional(labels, {}),
  priorityClass: v.optional(v.nullable(v.string()), null),
  runtimeClass: v.optional(v.nullable(v.string()), null),
  /** A Kueue queue: Jobs are made suspended and wait there. */
  queue: v.optional(v.nullable(v.string()), null),
  /** User and group of the process; root is refused by the pod's own settings. */
  user: v.optional(v.number(), 65_534),
  /** Part of a pod, `metadata` and `spec`, laid over what the rest of the profile gives; its container is named `step`. */
  template: v.optional(v.strictObject({ metadata: v.optional(v.record(v.string(), v.unknown()), {}), spec: v.optional(v.record(v.string(), v.unknown()), {}) }), {}),
  /** Seconds an image may fail to arrive before its step fails. */
  imageSeconds: v.optional(v.number(), 60),
  /** Seconds a pod may wait for a node before its step fails. */
  scheduleSeconds: v.optional(v.number(), 600),
  /** Seconds that the cluster may not answer before the run stops. */
  silentSeconds: v.optional(v.number(), 1_800),
  /** Seconds after which a pod that waits for its engine ends, when that gives no sign of life. */
  aloneSeconds: v.optional(v.number(), 3_600),
});
export type Profile = v.InferOutput<typeof ProfileSchema>;
