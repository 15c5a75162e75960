// Processes as jobs of AWS Batch: one look for all of them, a hundred at a time.

import type { JobDetail } from '@aws-sdk/client-batch';
import type { Backend, Earlier, ProcessState, RemoteProcess, RemoteWave } from '../remote/backend.ts';
import { classify } from './job.ts';
import { readLastLine } from './job-log.ts';
import type { BatchProfile } from './profile.ts';
import { checkProfile, type Platform } from './rules.ts';
import { BatchService } from './service.ts';

const LOOK_MS = 1_500;
const LEAVING_MS = 1_000;
const OVER = new Set(['SUCCEEDED', 'FAILED']);

export interface BatchOptions {
  readonly profile: BatchProfile;
  readonly bootstrap: string;
}

interface Submitted {
  readonly id: string;
  readonly process: RemoteProcess;
}

export class BatchBackend implements Backend {
  readonly name = 'batch';
  readonly title = 'AWS Batch';
  readonly #options: BatchOptions;
  readonly #service: BatchService;
  readonly #submitted = new Map<string, Submitted>();
  #platform: Platform = 'EC2';
  #changed: (process: string, tryNumber: number, state: ProcessState) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Jobs of earlier runs that were found: they are ended by their ids. */
  readonly #earlier = new Set<string>();
  /** By process: where AWS keeps what its last try wrote. */
  readonly #logs = new Map<string, string>();

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#service = new BatchService(options.profile);
  }

  async check(): Promise<void> {
    this.#platform = await this.#service.readPlatform();
    checkProfile(this.#options.profile, this.#platform);
    await this.#define();
  }

  open(_: string, changed: (process: string, tryNumber: number, state: ProcessState) => void): Promise<void> {
    this.#changed = changed;
    const look = () => {
      // A look that was under way when the run ended is the last one.
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.#look().catch(() => undefined).then(look), LOOK_MS);
    };
    look();
    return Promise.resolve();
  }

  async submit(process: RemoteProcess, isWanted: () => boolean): Promise<void> {
    const definition = await this.#define();
    if (!isWanted()) return;
    // Asking twice would make two jobs: one of that name is the one that was submitted before this engine knew of it.
    const [known] = process.start.try === 0 ? [] : await this.#service.find(process);
    const id = known ?? await this.#service.submit(process, definition);
    this.#submitted.set(id, { id, process });
  }

  /** As one array job, whose children are jobs like others once they are there. */
  async submitMany(wave: RemoteWave, isWanted: () => boolean): Promise<void> {
    const definition = await this.#define();
    if (!isWanted()) return;
    const whole = await this.#service.submit(wave, definition);
    for (const [index, process] of wave.processes.entries()) this.#submitted.set(childId(whole, index), { id: childId(whole, index), process });
  }

  async end(process: RemoteProcess, seconds: number): Promise<void> {
    const own = [...this.#submitted.values()].filter((each) => each.process.start.process === process.start.process && each.process.start.prefix === process.start.prefix);
    const ids = own.length > 0 ? own.map(({ id }) => id) : await this.#find(process);
    await Promise.all(ids.map((id) => this.#service.end(id, 'stopped by Headwater')));
    while (seconds > 0 && (await this.#service.describe(ids)).some((job) => !OVER.has(job.status ?? ''))) await sleep(LEAVING_MS);
  }

  async findEarlier(process: RemoteProcess): Promise<Earlier | null> {
    const [id] = await this.#find(process);
    if (id === undefined) return null;
    this.#earlier.add(id);
    const [job] = await this.#service.describe([id]);
    return job === undefined ? null : { try: triesOf(job), isOver: OVER.has(job.status ?? '') };
  }

  async endEarlier(): Promise<void> {
    await Promise.all([...this.#earlier].map((id) => this.#service.end(id, 'another run has taken over')));
  }

  async lastLine({ start }: RemoteProcess): Promise<string> {
    const stream = this.#logs.get(start.process);
    return stream === undefined ? '' : readLastLine(this.#options.profile, stream);
  }

  get answers(): number {
    return this.#service.answers;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Ids of jobs of that name, or of its children in an array job. */
  async #find(process: RemoteProcess): Promise<string[]> {
    const { wave, start: { packages, store, prefix, aloneSeconds } } = process;
    if (wave === null) return this.#service.find(process);
    return (await this.#service.find({ ...process, start: { packages, store, prefix, aloneSeconds, wave: wave.key } })).map((id) => childId(id, wave.index));
  }

  #define(): Promise<string> {
    const { profile, bootstrap } = this.#options;
    return this.#service.define({ profile, bootstrap, platform: this.#platform });
  }

  async #look(): Promise<void> {
    for (const job of await this.#service.describe([...this.#submitted.keys()])) {
      const submitted = this.#submitted.get(job.jobId ?? '');
      if (submitted === undefined) continue;
      const { start } = submitted.process;
      if (job.container?.logStreamName !== undefined) this.#logs.set(start.process, job.container.logStreamName);
      this.#changed(start.process, start.try + triesOf(job), this.#stateOf(job));
      if (OVER.has(job.status ?? '')) this.#submitted.delete(submitted.id);
    }
  }

  #stateOf(job: JobDetail): ProcessState {
    const state = classify(job);
    if (state.kind !== 'waiting') return state;
    return state.why === null || state.why === '' ? { kind: 'waiting' } : { kind: 'stuck', why: state.why, seconds: this.#options.profile.runnableSeconds };
  }
}

const childId = (array: string, index: number) => `${array}:${index}`;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** AWS tries again by itself when it took a machine back: what runs now is the try after those that have ended. */
function triesOf({ attempts = [], status }: JobDetail): number {
  return OVER.has(status ?? '') ? Math.max(0, attempts.length - 1) : attempts.length;
}
