// Attempts as pods: a Job for every process of a run, its wire through the store, its end told by whichever says it first.

import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { runPrefix, wireKey, type Died, type FromWorker, type Hello, type RemotePackage, type RemoteStart, type RunId, type Start, type SyntaxProblem, type World } from '@headwater/protocol';
import type { Store } from '../../store/store.ts';
import type { Executor } from '../executor.ts';
import { Mailbox, readLast } from '../remote/mailbox.ts';
import { classify, type PodState } from './classify.ts';
import { Cluster, isQuotaError } from './cluster.ts';
import { GRACE_SECONDS, jobName, makeJob, PROCESS_LABEL, processLabel, RUN_LABEL, runLabel, TRY_LABEL, type Process } from './job-spec.ts';
import { Pods } from './pods.ts';
import type { Profile } from './profile.ts';

/** Jobs made in a second: an API server takes far more, a cluster's other users are there too. */
const CREATE_MS = 50;
const QUOTA_MS = 5_000;
/** Pods lost to the cluster that one attempt may be given. */
const MOST_TRIES = 5;
const OUTLAST_MS = 1_000;
/** A message written just before the end may be seen after it. */
const LATE_MS = 1_500;

export interface KubernetesOptions {
  readonly store: Store;
  /** Its URL as pods reach it. */
  readonly storeUrl: string;
  readonly profile: Profile;
  readonly packages: readonly RemotePackage[];
  readonly bootstrap: string;
  readonly hashSeed: number;
  /** The notebook's folder relative to the project. */
  readonly folder: string;
}

interface Running {
  readonly mailbox: Mailbox;
  readonly attempts: string[];
  process: Process;
  /** It has said its last word, or nobody wants to hear it any more. */
  over: boolean;
  stuck: { readonly why: string; readonly since: number; readonly most: number } | null;
  gone: (() => void)[];
}

export class KubernetesExecutor implements Executor {
  readonly name = 'kubernetes';
  readonly #options: KubernetesOptions;
  readonly #cluster: Cluster;
  readonly #running = new Map<string, Running>();
  #pods: Pods | null = null;
  #hello: Hello | null = null;
  /** Prefix of the run this one goes on from. */
  #earlier: string | null = null;
  #report: (message: FromWorker) => void = () => undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KubernetesOptions) {
    this.#options = options;
    this.#cluster = new Cluster(options.profile);
  }

  /** Whether the cluster answers and lets pods be seen; cells are checked by an interpreter at hand. */
  check(): Promise<SyntaxProblem[]> {
    return this.#cluster.listPods(this.#selector('none')).then(() => []);
  }

  async open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    this.#hello = { ...hello, folder: this.#options.folder, project: '.' };
    this.#report = report;
    this.#pods = new Pods(this.#cluster, this.#selector(hello.prefix), (pod, gone) => this.#onPod(pod, gone));
    await this.#pods.start();
    this.#timer = setInterval(() => this.#losePatience(), 1_000);
  }

  start(start: Start): void {
    const hello = this.#hello;
    if (hello === null) return;
    if (start.inside !== null) {
      this.#join(start, start.inside);
      return;
    }
    const wire = wireKey(hello.prefix, start.id);
    const mailbox = new Mailbox(this.#options.store, wire, (message) => this.#onMessage(running, message));
    const process: Process = { flow: hello.flow, run: hello.run, start: this.#startOf(hello, start.id, 0), hashSeed: this.#options.hashSeed, bootstrap: this.#options.bootstrap, profile: this.#options.profile };
    const running: Running = { mailbox, attempts: [start.id], process, over: false, stuck: null, gone: [] };
    this.#running.set(start.id, running);
    void mailbox.post(hello).then(() => mailbox.post(start)).then(() => this.#submit(running)).catch((error: unknown) => this.#fail(running, error));
  }

  go(id: string, world: World): void {
    const running = this.#find(id);
    void running?.mailbox.post({ type: 'go', id, world }).catch((error: unknown) => this.#fail(running, error));
  }

  async stop(id: string, gently: boolean): Promise<void> {
    const running = this.#find(id);
    if (running === undefined) return;
    running.over = true;
    running.mailbox.close();
    const left = new Promise<void>((resolve) => running.gone.push(resolve));
    await this.#turn.catch(() => undefined);
    await this.#cluster.delete(jobName(running.process), gently ? GRACE_SECONDS : 0);
    if (!gently) await this.#cluster.deletePods(this.#selectorOf(running), 0);
    else if (await this.#hasPod(running)) await left;
  }

  async outlast(run: RunId, attempt: string): Promise<boolean> {
    const prefix = runPrefix(run.flow, run.number);
    this.#earlier = prefix;
    const selector = `${this.#selector(prefix)},${PROCESS_LABEL}=${processLabel(attempt)}`;
    for (;;) {
      const [job] = (await this.#cluster.listJobs(selector)).sort((a, b) => tryOf(b) - tryOf(a));
      if (job === undefined) return false;
      const last = await readLast(this.#options.store, wireKey(prefix, attempt), tryOf(job));
      if (last?.type === 'executed') return true;
      if (isFinished(job)) return false;
      // It has done nothing outside yet, and waits for a word from an engine that is gone.
      if (last?.type === 'held') return this.#cluster.delete(nameOf(job), 0).then(() => false);
      await sleep(OUTLAST_MS);
    }
  }

  async close(leave: boolean): Promise<void> {
    clearInterval(this.#timer);
    for (const running of this.#running.values()) running.mailbox.close();
    this.#pods?.close();
    if (leave) return;
    const parked = [...this.#running.values()].filter((running) => !running.over).map((running) => jobName(running.process));
    // Of a run that this one went on from, nothing is waited for any more.
    const old = this.#earlier === null ? [] : await this.#cluster.listJobs(this.#selector(this.#earlier)).catch(() => []);
    const names = [...parked, ...old.filter((job) => !isFinished(job)).map(nameOf)];
    await Promise.all(names.map((name) => this.#cluster.delete(name, GRACE_SECONDS).catch(() => undefined)));
  }

  // ---------------------------------------------------------------- processes

  #startOf(hello: Hello, process: string, number: number): RemoteStart {
    return { packages: this.#options.packages, store: this.#options.storeUrl, prefix: hello.prefix, wire: wireKey(hello.prefix, process), process, try: number };
  }

  #join(start: Start, process: string): void {
    const running = this.#find(process);
    if (running === undefined || running.over) {
      this.#report(died(start.id, { cause: 'start', code: 0, sentence: 'the pod that holds what it reads is gone' }));
      return;
    }
    running.attempts.push(start.id);
    void running.mailbox.post(start).catch((error: unknown) => this.#fail(running, error));
  }

  /** One Job after the other; where a quota is used up, when there is room again. */
  #submit(running: Running): Promise<void> {
    const submitted = this.#turn.catch(() => undefined).then(async () => {
      while (!running.over) {
        try {
          await this.#cluster.apply(makeJob(running.process));
          running.mailbox.listen(running.process.start.try);
          await sleep(CREATE_MS);
          return;
        } catch (error) {
          if (!isQuotaError(error)) throw error;
          await sleep(QUOTA_MS);
        }
      }
    });
    this.#turn = submitted;
    return submitted;
  }

  #onMessage(running: Running, message: FromWorker): void {
    if (running.over) return;
    if (message.type === 'executed' ? !message.parked : message.type === 'died' || message.type === 'gone') this.#end(running);
    this.#report(message);
  }

  #onPod(pod: V1Pod, gone: boolean): void {
    const labels = pod.metadata?.labels ?? {};
    const running = [...this.#running.entries()].find(([id]) => processLabel(id) === labels[PROCESS_LABEL])?.[1];
    if (running === undefined || labels[TRY_LABEL] !== String(running.process.start.try)) return;
    if (gone) for (const tell of running.gone.splice(0)) tell();
    if (!running.over) this.#onState(running, classify(pod), gone);
  }

  #onState(running: Running, state: PodState, gone: boolean): void {
    if (state.kind === 'waiting' || state.kind === 'running' || state.kind === 'stuck') {
      if (gone) void this.#conclude(running, { kind: 'lost', why: 'its pod was deleted' });
      else if (state.kind === 'stuck') this.#noteStuck(running, state);
      else running.stuck = null;
      return;
    }
    void this.#conclude(running, state);
  }

  /** The pod has ended: what it said last counts, and only where it said nothing its status. */
  async #conclude(running: Running, state: Exclude<PodState, { kind: 'waiting' | 'stuck' | 'running' }>): Promise<void> {
    const number = running.process.start.try;
    for (const wait of [0, LATE_MS]) {
      await sleep(wait);
      await running.mailbox.look().catch(() => undefined);
      if (running.over || running.process.start.try !== number) return;
    }
    if (state.kind === 'lost' && number + 1 < MOST_TRIES) {
      running.process = { ...running.process, start: { ...running.process.start, try: number + 1 } };
      void this.#submit(running).catch((error: unknown) => this.#fail(running, error));
      return;
    }
    this.#end(running);
    this.#report(died(running.attempts.at(-1) ?? '', describe(state)));
  }

  #noteStuck(running: Running, { why, patience }: Extract<PodState, { kind: 'stuck' }>): void {
    const { imageSeconds, scheduleSeconds } = this.#options.profile;
    const most = (patience === 'image' ? imageSeconds : scheduleSeconds) * 1_000;
    running.stuck = { why, since: running.stuck?.since ?? Date.now(), most };
  }

  #losePatience(): void {
    for (const running of this.#running.values()) {
      const { stuck } = running;
      if (running.over || stuck === null || Date.now() < stuck.since + stuck.most) continue;
      this.#fail(running, new Error(`its pod did not start: ${stuck.why}`));
      void this.#cluster.delete(jobName(running.process), 0).catch(() => undefined);
    }
  }

  #fail(running: Running, error: unknown): void {
    if (running.over) return;
    this.#end(running);
    this.#report(died(running.attempts.at(-1) ?? '', { cause: 'start', code: 0, sentence: error instanceof Error ? error.message : String(error) }));
  }

  #end(running: Running): void {
    running.over = true;
    running.mailbox.close();
  }

  // ---------------------------------------------------------------- finding

  #find(attempt: string): Running | undefined {
    return [...this.#running.values()].find((running) => running.attempts.includes(attempt));
  }

  #selector(prefix: string): string {
    return `${RUN_LABEL}=${runLabel(this.#options.storeUrl, prefix)}`;
  }

  #selectorOf(running: Running): string {
    return `${this.#selector(running.process.start.prefix)},${PROCESS_LABEL}=${processLabel(running.process.start.process)}`;
  }

  async #hasPod(running: Running): Promise<boolean> {
    return (await this.#cluster.listPods(this.#selectorOf(running))).items.some((pod) => ['waiting', 'running', 'stuck'].includes(classify(pod).kind));
  }
}

const tryOf = (job: V1Job) => Number(job.metadata?.labels?.[TRY_LABEL] ?? 0);
const nameOf = (job: V1Job) => job.metadata?.name ?? '';
const isFinished = (job: V1Job) => job.status?.conditions?.some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True') ?? false;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type End = Pick<Died, 'cause' | 'code' | 'sentence'>;

function died(id: string, end: End): Died & { type: 'died' } {
  return { type: 'died', id, ...end, cell: null, peakBytes: 0 };
}

function describe(state: Exclude<PodState, { kind: 'waiting' | 'stuck' | 'running' }>): End {
  switch (state.kind) {
    case 'died':
      return { cause: state.cause, code: state.code, sentence: state.why };
    case 'lost':
      return { cause: 'start', code: 0, sentence: `the cluster took its pod away ${MOST_TRIES} times, last: ${state.why}` };
    case 'unusable':
      return { cause: 'start', code: 0, sentence: state.why };
    case 'succeeded':
      return { cause: 'exit', code: 0, sentence: 'its pod ended without a result' };
  }
}
