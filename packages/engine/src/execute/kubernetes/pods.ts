// What the cluster says about the pods of a run, level by level: one watch for all of them, restarted whenever it ends, and a full look now and then.

import * as k8s from '@kubernetes/client-node';
import type { Cluster } from './cluster.ts';

/** A watch can hang without an error when the way to the server is cut silently. */
const WATCHDOG_MS = 60_000;
/** It is looked so often in the time that the server may be silent. */
const LOOKS = 3;
const RESTART_MS = 500;
const LONGEST_RESTART_MS = 10_000;

export interface Watched {
  readonly cluster: Cluster;
  readonly selector: string;
  readonly silentSeconds: number;
}

export class Pods {
  readonly #cluster: Cluster;
  readonly #selector: string;
  /** The pod as it is now; null for one that is gone. */
  readonly #changed: (pod: k8s.V1Pod, gone: boolean) => void;
  readonly #seen = new Map<string, k8s.V1Pod>();
  #watching: AbortController | null = null;
  #closed = false;
  #failures = 0;
  readonly #watchdog: NodeJS.Timeout;

  constructor({ cluster, selector, silentSeconds }: Watched, changed: (pod: k8s.V1Pod, gone: boolean) => void) {
    this.#cluster = cluster;
    this.#selector = selector;
    this.#changed = changed;
    this.#watchdog = setInterval(() => this.#restart(), Math.min(WATCHDOG_MS, (silentSeconds * 1_000) / LOOKS));
  }

  /** Resolves when the first look is done. */
  start(): Promise<void> {
    return this.#run();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#watchdog);
    this.#watching?.abort();
  }

  #restart(): void {
    this.#watching?.abort();
  }

  async #run(): Promise<void> {
    const list = await this.#cluster.listPods(this.#selector);
    this.#failures = 0;
    const now = new Set(list.items.map((pod) => pod.metadata?.uid ?? ''));
    for (const [uid, pod] of this.#seen) if (!now.has(uid)) this.#note(pod, true);
    for (const pod of list.items) this.#note(pod, false);
    await this.#watch(list.metadata?.resourceVersion ?? '');
  }

  async #watch(resourceVersion: string): Promise<void> {
    if (this.#closed) return;
    const path = `/api/v1/namespaces/${this.#cluster.namespace}/pods`;
    const again = () => {
      if (this.#closed) return;
      const wait = Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      setTimeout(() => void this.#run().catch(() => {
        this.#failures += 1;
        again();
      }), wait);
    };
    this.#watching = await new k8s.Watch(this.#cluster.config).watch(path, { labelSelector: this.#selector, resourceVersion }, (type, pod: k8s.V1Pod) => {
      if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') this.#note(pod, type === 'DELETED');
    }, again);
  }

  #note(pod: k8s.V1Pod, gone: boolean): void {
    const uid = pod.metadata?.uid ?? '';
    const known = this.#seen.get(uid);
    if (!gone && known?.metadata?.resourceVersion === pod.metadata?.resourceVersion) return;
    if (gone) this.#seen.delete(uid);
    else this.#seen.set(uid, pod);
    if (!this.#closed) this.#changed(pod, gone);
  }
}
