// The cluster's API: a deadline on every call, server-side apply, errors as sentences.

import * as k8s from '@kubernetes/client-node';
import { UserError } from '@headwater/protocol';
import type { Profile } from './profile.ts';

/** An API server whose etcd is gone answers after a minute: sooner is said that it does not. */
const CALL_MS = 15_000;
const TRIES = 5;
const FIRST_WAIT_MS = 250;
const MANAGER = 'headwater';

const HINT = '`headwater doctor --on kubernetes` checks the way there.';

export class Cluster {
  readonly namespace: string;
  readonly config: k8s.KubeConfig;
  /** How often the API server has answered. */
  answers = 0;
  readonly #objects: k8s.KubernetesObjectApi;
  readonly #batch: k8s.BatchV1Api;
  readonly #core: k8s.CoreV1Api;

  constructor(profile: Profile) {
    this.namespace = profile.namespace;
    this.config = loadConfig(profile.context);
    this.#objects = k8s.KubernetesObjectApi.makeApiClient(this.config);
    this.#batch = this.config.makeApiClient(k8s.BatchV1Api);
    this.#core = this.config.makeApiClient(k8s.CoreV1Api);
  }

  /** The same Job applied twice is one. */
  async apply(job: k8s.V1Job): Promise<void> {
    await this.#call(() => this.#objects.patch(job, undefined, undefined, MANAGER, true, k8s.PatchStrategy.ServerSideApply));
  }

  /** What applying it would answer, without making anything: rights, quota, and whether the cluster understands the pod. */
  async tryOut(job: k8s.V1Job): Promise<void> {
    await this.#call(() => this.#objects.patch(job, undefined, 'All', MANAGER, true, k8s.PatchStrategy.ServerSideApply));
  }

  async listPods(selector: string): Promise<k8s.V1PodList> {
    return this.#call(() => this.#core.listNamespacedPod({ namespace: this.namespace, labelSelector: selector }));
  }

  async listJobs(selector: string): Promise<k8s.V1Job[]> {
    return (await this.#call(() => this.#batch.listNamespacedJob({ namespace: this.namespace, labelSelector: selector }))).items;
  }

  /** A Job with its pods; one that is gone is fine. */
  async delete(name: string, graceSeconds: number): Promise<void> {
    await this.#call(() => this.#batch.deleteNamespacedJob({ name, namespace: this.namespace, propagationPolicy: 'Background', gracePeriodSeconds: graceSeconds })).catch((error: unknown) => {
      if (codeOf(error) !== 404) throw error;
    });
  }

  async deletePods(selector: string, graceSeconds: number): Promise<void> {
    await this.#call(() => this.#core.deleteCollectionNamespacedPod({ namespace: this.namespace, labelSelector: selector, gracePeriodSeconds: graceSeconds }));
  }

  /** Repeats what may pass: a server that restarts, one that asks for patience. A quota that is used up is waited for by whoever submits. */
  async #call<T>(work: () => Promise<T>): Promise<T> {
    for (let left = TRIES - 1; ; left -= 1) {
      try {
        const answer = await withDeadline(work());
        this.answers += 1;
        return answer;
      } catch (error) {
        if (left === 0 || !mayPass(error)) throw this.#explain(error);
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (TRIES - left - 1) * (0.5 + Math.random())));
      }
    }
  }

  #explain(error: unknown): Error {
    const server = this.config.getCurrentCluster()?.server ?? 'no server';
    const code = codeOf(error);
    if (code === 404 || code === 409) return error as Error;
    if (code === 401) return new UserError('kubernetes-unauthorized', `The cluster at ${server} does not accept the credentials of the kubeconfig.`, HINT);
    if (code === 403) return new UserError(isQuota(error) ? 'kubernetes-quota' : 'kubernetes-forbidden', `Namespace ${this.namespace} at ${server} refuses: ${messageOf(error)}`, HINT);
    if (isNonsense(error)) return new UserError('kubernetes-invalid', `The cluster at ${server} refuses the pod as the profile describes it: ${messageOf(error)}`, 'See the `kubernetes` part of headwater.json.');
    return new UserError('kubernetes-unreachable', `The cluster at ${server} cannot be reached: ${messageOf(error)}`, HINT);
  }
}

function loadConfig(context: string | null): k8s.KubeConfig {
  const config = new k8s.KubeConfig();
  try {
    config.loadFromDefault();
    if (context !== null) config.setCurrentContext(context);
  } catch (error) {
    throw new UserError('no-kubeconfig', `The kubeconfig cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'KUBECONFIG names it; `kubectl config view` shows it.');
  }
  const cluster = config.getCurrentCluster();
  // Without any configuration the library assumes a server on this machine.
  if (cluster === null || cluster.server === 'http://localhost:8080') throw new UserError('no-kubeconfig', 'No kubeconfig was found, so there is no cluster to run on.', 'KUBECONFIG names one; it stands in ~/.kube/config by default.');
  return config;
}

function withDeadline<T>(work: Promise<T>, ms = CALL_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const codeOf = (error: unknown) => (error instanceof k8s.ApiException ? error.code : 0);
/** Refused for what it says; a quantity that is none makes the server stumble where it should refuse. */
const isNonsense = (error: unknown) => [400, 422].includes(codeOf(error)) || messageOf(error).includes('failed to convert new object');
const isQuota = (error: unknown) => messageOf(error).includes('exceeded quota');
export const isQuotaError = (error: unknown) => error instanceof UserError && error.code === 'kubernetes-quota';

function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  return (code === 0 || code === 429 || code >= 500) && !isNonsense(error);
}

function messageOf(error: unknown): string {
  if (error instanceof k8s.ApiException) {
    const body: unknown = error.body;
    try {
      const status = (typeof body === 'string' ? JSON.parse(body) : body) as { message?: unknown };
      if (typeof status.message === 'string') return status.message;
    } catch {
      // Not a Status of Kubernetes: what a proxy in between has to say.
    }
    return `status ${error.code}`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
