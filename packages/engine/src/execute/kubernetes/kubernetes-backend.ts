// Processes as Jobs of a cluster.

import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { NO_ASKS, type RemoteStart } from '@headwater/protocol';
import type { Backend, Earlier, ProcessState, RemoteProcess, RemoteWave } from '../remote/backend.ts';
import { classify, hasEnded } from './classify.ts';
import { Cluster, isQuotaError } from './cluster.ts';
import { INDEX_LABEL, jobName, makeJob, PROCESS_LABEL, processLabel, PROCESS_NOTE, RUN_LABEL, runLabel, TRY_LABEL } from './job-spec.ts';
import { Pods } from './pods.ts';
import type { Profile } from './profile.ts';

/** Between two Jobs: an API server takes far more a second, a cluster's other users are there too. */
const CREATE_MS = 50;
const QUOTA_MS = 5_000;
const LEAVING_MS = 500;
/** A pod that was told to go and has had its time: a node that still answers would have said that it went. */
const SILENT_MS = 10_000;

export interface KubernetesOptions {
  readonly profile: Profile;
  /** The store's URL as pods reach it. */
  readonly storeUrl: string;
  readonly bootstrap: string;
}

/** An Indexed Job. */
interface Wave {
  readonly job: string;
  readonly processes: readonly RemoteProcess[];
  /** Numbers of those that may run, or run. */
  readonly wanted: Set<number>;
}

export class KubernetesBackend implements Backend {
  readonly name = 'kubernetes';
  readonly title = 'The cluster';
  readonly #options: KubernetesOptions;
  readonly #cluster: Cluster;
  #pods: Pods | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** By key. */
  readonly #waves = new Map<string, Wave>();
  /** By uid: pods on their way out, whose node may not answer any more. */
  readonly #leaving = new Map<string, NodeJS.Timeout>();

  constructor(options: KubernetesOptions) {
    this.#options = options;
    this.#cluster = new Cluster(options.profile);
  }

  async check(): Promise<void> {
    await this.#cluster.listPods(this.#selector('none'));
    const { storeUrl, profile, bootstrap } = this.#options;
    const start: RemoteStart = { packages: [], store: storeUrl, prefix: 'flows/trial/runs/0', aloneSeconds: 0, wire: '', process: 'trial.0', try: 0 };
    await this.#cluster.tryOut(makeJob({ flow: 'trial', run: 0, hashSeed: 0, asks: NO_ASKS, start, wave: null, profile, bootstrap })).catch((error: unknown) => {
      // A quota that is used up now is waited for when there is something to submit.
      if (!isQuotaError(error)) throw error;
    });
  }

  async open(prefix: string, changed: (process: string, tryNumber: number, state: ProcessState) => void): Promise<void> {
    const watched = { cluster: this.#cluster, selector: this.#selector(prefix), silentSeconds: this.#options.profile.silentSeconds };
    this.#pods = new Pods(watched, (pod, gone) => {
      const wave = this.#waves.get(noteOf(pod));
      const process = wave === undefined ? noteOf(pod) : wave.processes[indexOf(pod)]?.start.process ?? '';
      const tell = (state: ProcessState) => changed(process, tryOf(pod), state);
      tell(this.#stateOf(pod, gone));
      this.#awaitLeaving(pod, gone, tell);
      if (wave !== undefined) this.#keepWanted(wave, pod, gone);
    });
    await this.#pods.start();
  }

  submit(process: RemoteProcess, isWanted: () => boolean): Promise<void> {
    return this.#submit(process, isWanted);
  }

  /** As one Indexed Job: all of them may run, for they were issued as there was room. */
  submitMany(wave: RemoteWave, isWanted: () => boolean): Promise<void> {
    this.#waves.set(wave.start.wave, { job: jobName(wave), processes: wave.processes, wanted: new Set(wave.processes.keys()) });
    return this.#submit(wave, isWanted);
  }

  /** One Job after the other; where a quota is used up, when there is room again. */
  #submit(process: RemoteProcess | RemoteWave, isWanted: () => boolean): Promise<void> {
    const { profile, bootstrap } = this.#options;
    const submitted = this.#turn.catch(() => undefined).then(async () => {
      while (isWanted()) {
        try {
          await this.#cluster.apply(makeJob({ ...process, profile, bootstrap }));
          return;
        } catch (error) {
          if (!isQuotaError(error)) throw error;
          await sleep(QUOTA_MS);
        }
      }
    });
    this.#turn = submitted.then(() => sleep(CREATE_MS));
    this.#turn.catch(() => undefined);
    return submitted;
  }

  async end(process: RemoteProcess, seconds: number): Promise<void> {
    // Submitted a moment ago, it may not be there yet.
    await this.#turn.catch(() => undefined);
    const pods = this.#podsOf(process);
    const wave = waveOf(process);
    if (wave === null) await this.#cluster.delete(jobName(process), seconds);
    else await this.#leave(wave, seconds);
    if (seconds === 0 || wave !== null) await this.#cluster.deletePods(pods, seconds);
    const until = Date.now() + seconds * 1_000 + SILENT_MS;
    while (seconds > 0 && Date.now() < until && (await this.#cluster.listPods(pods)).items.some((pod) => !isOver(pod))) await sleep(LEAVING_MS);
  }

  async findEarlier({ start, wave }: RemoteProcess): Promise<Earlier | null> {
    const [job] = (await this.#cluster.listJobs(this.#labelled(start.prefix, start.process))).sort((a, b) => tryOf(b) - tryOf(a));
    if (job !== undefined) return { try: tryOf(job), isOver: isFinished(job) };
    const [whole] = wave === null ? [] : await this.#cluster.listJobs(this.#labelled(start.prefix, wave.key));
    return whole === undefined || wave === null ? null : { try: tryOf(whole), isOver: isFinished(whole) || hasEnded(whole, wave.index) };
  }

  async endEarlier(prefix: string): Promise<void> {
    const left = (await this.#cluster.listJobs(this.#selector(prefix))).filter((job) => !isFinished(job));
    await Promise.all(left.map((job) => this.#cluster.delete(job.metadata?.name ?? '', 0)));
  }

  get answers(): number {
    return this.#cluster.answers;
  }

  close(): void {
    this.#pods?.close();
    for (const timer of this.#leaving.values()) clearTimeout(timer);
  }

  /** The cluster takes pods off a node that is lost, and then waits for the node to say that they are gone. */
  #awaitLeaving(pod: V1Pod, gone: boolean, tell: (state: ProcessState) => void): void {
    const { uid = '', deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata ?? {};
    if (gone || isOver(pod)) {
      clearTimeout(this.#leaving.get(uid));
      this.#leaving.delete(uid);
    } else if (deletionTimestamp !== undefined && !this.#leaving.has(uid)) {
      const tellLost = () => tell({ kind: 'lost', why: `node ${pod.spec?.nodeName ?? ''} does not answer` });
      this.#leaving.set(uid, setTimeout(tellLost, deletionGracePeriodSeconds * 1_000 + SILENT_MS));
    }
  }

  #stateOf(pod: V1Pod, gone: boolean): ProcessState {
    const state = classify(pod);
    const { imageSeconds, scheduleSeconds } = this.#options.profile;
    switch (state.kind) {
      case 'waiting':
      case 'running':
      case 'stuck':
        if (gone) return { kind: 'lost', why: 'its pod was deleted' };
        return state.kind === 'stuck' ? { kind: 'stuck', why: state.why, seconds: state.patience === 'image' ? imageSeconds : scheduleSeconds } : { kind: state.kind };
      case 'unusable':
        return { kind: 'died', cause: 'start', code: 0, why: state.why };
      default:
        return state;
    }
  }

  /** Its process ends, or never starts; the Job goes with the last. */
  async #leave({ key, index }: NonNullable<RemoteProcess['wave']>, seconds: number): Promise<void> {
    const wave = this.#waves.get(key);
    wave?.wanted.delete(index);
    if (wave?.wanted.size === 0) await this.#cluster.delete(wave.job, seconds);
  }

  /** A pod may come after its process was stopped. */
  #keepWanted({ wanted, processes }: Wave, pod: V1Pod, gone: boolean): void {
    const process = processes[indexOf(pod)];
    if (gone || isOver(pod)) wanted.delete(indexOf(pod));
    else if (process !== undefined && !wanted.has(indexOf(pod)) && pod.metadata?.deletionTimestamp === undefined) void this.#cluster.deletePods(this.#podsOf(process), 0).catch(() => undefined);
  }

  #podsOf(process: RemoteProcess): string {
    const [{ start }, wave] = [process, waveOf(process)];
    return wave === null ? this.#labelled(start.prefix, start.process) : `${this.#labelled(start.prefix, wave.key)},${INDEX_LABEL}=${wave.index}`;
  }

  #labelled(prefix: string, id: string): string {
    return `${this.#selector(prefix)},${PROCESS_LABEL}=${processLabel(id)}`;
  }

  #selector(prefix: string): string {
    return `${RUN_LABEL}=${runLabel(this.#options.storeUrl, prefix)}`;
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const isOver = (pod: V1Pod) => !['waiting', 'running', 'stuck'].includes(classify(pod).kind);
/** One that was lost has got a Job of its own. */
const waveOf = ({ start, wave }: RemoteProcess) => (start.try === 0 ? wave : null);
const noteOf = (pod: V1Pod) => pod.metadata?.annotations?.[PROCESS_NOTE] ?? '';
const tryOf = ({ metadata }: V1Pod | V1Job) => Number(metadata?.labels?.[TRY_LABEL] ?? 0);
const indexOf = ({ metadata }: V1Pod) => Number(metadata?.labels?.[INDEX_LABEL] ?? 0);
const isFinished = (job: V1Job) => job.status?.conditions?.some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True') ?? false;
