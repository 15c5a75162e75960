// Attempts as processes of another place: their wire goes through the store, their end is told by whichever says it first, worker or place.

import {
  engineSignKey, NO_ASKS, runPrefix, wireKey, type Died, type FromWorker, type Hello, type RemotePackage, type RemoteStart, type RunId, type Start, type SyntaxProblem, type World,
} from '@headwater/protocol';
import type { Store } from '../../store/store.ts';
import type { Executor } from '../executor.ts';
import type { Backend, ProcessState, RemoteProcess } from './backend.ts';
import { Mailbox, readLast } from './mailbox.ts';
import { groupAlike, makeWave, readWaves, writeWave, type Alike, type Issued } from './waves.ts';

/** Processes lost to the place that one attempt may be given. */
const MOST_TRIES = 5;
/** A message written just before the end may be seen after it. */
const LATE_MS = 1_500;
const OUTLAST_MS = 1_000;
const PATIENCE_LOOK_MS = 1_000;
/** How often a process that waits is shown that somebody lives, in the time after which it would be sure of the contrary (worker/relay.py). */
const SIGNS = 4;
/** What cells may take for their `finally` blocks when they are to end, and their last output to arrive. */
export const GRACE_SECONDS = 30;

export interface OwnEnvironment {
  readonly id: string;
  readonly package: RemotePackage;
}

export interface RemoteOptions {
  readonly store: Store;
  /** Its URL as the place reaches it. */
  readonly storeUrl: string;
  readonly packages: readonly RemotePackage[];
  /** Packages that it has for itself; null: those that the place has. */
  readonly environmentOf: (start: Start) => OwnEnvironment | null;
  /** Under which the run notes what the place has. */
  readonly environment: string;
  readonly hashSeed: number;
  /** So long the place may not answer: how a process ended that said nothing itself, nobody else can tell. */
  readonly silentSeconds: number;
  /** So long a process waits for an engine that gives no sign. */
  readonly aloneSeconds: number;
  /** The notebook's folder relative to the project. */
  readonly folder: string;
}

interface Running extends Issued {
  readonly mailbox: Mailbox;
  readonly attempts: string[];
  /** Resolves when what it is told first is in the store; whoever submits it is told where that fails. */
  readonly posted: Promise<unknown>;
  process: RemoteProcess;
  /** It has said its last word, or nobody wants to hear it any more. */
  over: boolean;
  /** It has a word to wait for, or keeps values that cannot be stored. */
  waiting: boolean;
  stuck: { readonly why: string; readonly until: number } | null;
}

export class RemoteExecutor implements Executor {
  readonly name: string;
  readonly #backend: Backend;
  readonly #options: RemoteOptions;
  readonly #running = new Map<string, Running>();
  #hello: Hello | null = null;
  /** Prefix of the run this one goes on from. */
  #earlier: string | null = null;
  /** By prefix, of runs this one goes on from. */
  readonly #waves = new Map<string, ReturnType<typeof readWaves>>();
  /** Started in this turn of the engine and not submitted yet. */
  #issued: Running[] = [];
  #report: (message: FromWorker) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #signTimer: NodeJS.Timeout | undefined;
  /** What the place had answered at the last look, and how many looks ago that was: a machine that slept has not waited meanwhile. */
  readonly #silence = { answers: 0, looks: 0 };
  /** Nobody waits for the place any more: what runs there goes on, for the next engine to find. */
  #isLeft = false;

  constructor(backend: Backend, options: RemoteOptions) {
    this.name = backend.name;
    this.#backend = backend;
    this.#options = options;
  }

  /** Cells are checked by an interpreter at hand. */
  check(): Promise<SyntaxProblem[]> {
    return this.#backend.check().then(() => []);
  }

  async open(hello: Hello, report: (message: FromWorker) => void): Promise<void> {
    this.#hello = { ...hello, folder: this.#options.folder, project: '.' };
    this.#report = report;
    await this.#backend.open(hello.prefix, (process, number, state) => this.#onState(process, number, state));
    this.#timer = setInterval(() => {
      this.#losePatience();
      this.#listenForSilence();
    }, PATIENCE_LOOK_MS);
    this.#signTimer = setInterval(() => this.#giveSign(hello.prefix), (this.#options.aloneSeconds * 1_000) / SIGNS);
  }

  start(start: Start): void {
    const hello = this.#hello;
    if (hello === null) return;
    if (start.inside !== null) {
      this.#join(start, start.inside);
      return;
    }
    const mailbox = new Mailbox(this.#options.store, wireKey(hello.prefix, start.id), (message) => this.#onMessage(running, message));
    const environment = this.#options.environmentOf(start);
    const process = { ...this.#makeProcess(hello, start.id, environment), asks: { ...start.asks, memoryBytes: start.memoryLimit ?? start.asks.memoryBytes } };
    const posted = Promise.all([mailbox.post({ ...hello, environment: environment?.id ?? this.#options.environment }), mailbox.post(start)]);
    posted.catch(() => undefined);
    const running: Running = { mailbox, step: start.step, attempts: [start.id], posted, process, over: false, waiting: false, stuck: null };
    this.#running.set(start.id, running);
    // Branches of a foreach are started one after the other in one turn: what is alike among them goes as one.
    if (this.#issued.push(running) === 1) setImmediate(() => this.#submitIssued());
  }

  go(id: string, world: World): void {
    const running = this.#find(id);
    if (running === undefined) return;
    running.waiting = false;
    void running.mailbox.post({ type: 'go', id, world }).catch((error: unknown) => this.#fail(running, error));
  }

  async stop(id: string, gently: boolean): Promise<void> {
    const running = this.#find(id);
    if (running === undefined) return;
    this.#end(running);
    if (this.#isLeft) return;
    // It is told who ends it: what is taken away by the place itself has another try.
    if (gently) await running.mailbox.post({ type: 'stop', id, gently }).catch(() => undefined);
    await this.#backend.end(running.process, gently ? GRACE_SECONDS : 0);
  }

  async outlast(run: RunId, attempt: string): Promise<boolean> {
    const prefix = runPrefix(run.flow, run.number);
    this.#earlier = prefix;
    const waves = this.#waves.get(prefix) ?? readWaves(this.#options.store, prefix);
    this.#waves.set(prefix, waves);
    const process = { ...this.#makeProcess({ ...run, prefix, run: run.number }, attempt), wave: (await waves).get(attempt) ?? null };
    for (;;) {
      const found = await this.#backend.findEarlier(process);
      if (found === null) return false;
      const last = await readLast(this.#options.store, process.start.wire, found.try);
      if (last?.type === 'executed') return true;
      if (found.isOver) return false;
      // It has done nothing outside yet, and waits for a word from an engine that is gone.
      if (last?.type === 'held') return this.#backend.end({ ...process, start: { ...process.start, try: found.try } }, 0).then(() => false);
      await sleep(OUTLAST_MS);
    }
  }

  async close(asked: boolean): Promise<void> {
    const leave = asked || this.#isLeft;
    for (const timer of [this.#timer, this.#signTimer]) clearInterval(timer);
    for (const running of this.#running.values()) running.mailbox.close();
    const parked = leave ? [] : [...this.#running.values()].filter((running) => !running.over);
    await Promise.allSettled(parked.map((running) => this.#backend.end(running.process, GRACE_SECONDS)));
    // Of a run that this one went on from, nothing is waited for any more.
    if (!leave && this.#earlier !== null) await this.#backend.endEarlier(this.#earlier).catch(() => undefined);
    this.#backend.close();
  }

  // ---------------------------------------------------------------- processes

  #makeProcess({ flow, run, prefix }: Pick<Hello, 'flow' | 'run' | 'prefix'>, process: string, environment: OwnEnvironment | null = null): RemoteProcess {
    const { packages, storeUrl, hashSeed, aloneSeconds } = this.#options;
    const start: RemoteStart = { packages: environment === null ? packages : [...packages, environment.package], store: storeUrl, prefix, aloneSeconds, wire: wireKey(prefix, process), process, try: 0 };
    return { flow, run, start, hashSeed, asks: NO_ASKS, wave: null };
  }

  #join(start: Start, process: string): void {
    const running = this.#find(process);
    if (running === undefined || running.over) {
      this.#report(died(start.id, { cause: 'start', code: 0, sentence: 'the process that holds what it reads is gone' }));
      return;
    }
    running.attempts.push(start.id);
    running.waiting = false;
    void running.mailbox.post(start).catch((error: unknown) => this.#fail(running, error));
  }

  #submitIssued(): void {
    const issued = this.#issued;
    this.#issued = [];
    for (const alike of this.#backend.submitMany === undefined ? issued.map((running): Alike<Running> => [running]) : groupAlike(issued)) {
      const submitted = alike.length > 1 ? this.#submitWave(alike) : Promise.all(alike.map((running) => running.posted.then(() => this.#submit(running))));
      submitted.catch((error: unknown) => alike.forEach((running) => this.#fail(running, error)));
    }
  }

  async #submitWave(alike: Alike<Running>): Promise<void> {
    const wave = makeWave(alike);
    for (const [index, running] of alike.entries()) running.process = wave.processes[index] ?? running.process;
    await Promise.all([writeWave(this.#options.store, wave), ...alike.map(({ posted }) => posted)]);
    await this.#backend.submitMany?.(wave, () => alike.some(({ over }) => !over));
    await Promise.all(alike.map((running) => this.#attend(running)));
  }

  async #submit(running: Running): Promise<void> {
    await this.#backend.submit(running.process, () => !running.over);
    await this.#attend(running);
  }

  /** It was submitted; whoever stopped it meanwhile found nothing to end. */
  async #attend({ over, mailbox, process }: Running): Promise<void> {
    if (over) await this.#backend.end(process, 0);
    else mailbox.listen(process.start.try);
  }

  #onMessage(running: Running, message: FromWorker): void {
    if (running.over) return;
    running.waiting = message.type === 'held' || (message.type === 'executed' && message.parked);
    if (message.type === 'executed' ? !message.parked : message.type === 'died' || message.type === 'gone') this.#end(running);
    this.#report(message);
  }

  #onState(process: string, number: number, state: ProcessState): void {
    const running = this.#running.get(process);
    if (running === undefined || running.over || number < running.process.start.try) return;
    // The place itself began another one, as it was asked to for machines that are taken back.
    if (number > running.process.start.try) this.#follow(running, number);
    if (state.kind === 'stuck') running.stuck = { why: state.why, until: running.stuck?.until ?? Date.now() + state.seconds * 1_000 };
    else if (state.kind === 'waiting' || state.kind === 'running') running.stuck = null;
    else void this.#conclude(running, state);
  }

  #follow(running: Running, number: number): void {
    running.process = { ...running.process, start: { ...running.process.start, try: number } };
    running.mailbox.listen(number);
  }

  /** The process has ended: what it said last counts, and only where it said nothing the place's word. */
  async #conclude(running: Running, state: Extract<ProcessState, { kind: 'succeeded' | 'lost' | 'died' }>): Promise<void> {
    const number = running.process.start.try;
    for (const wait of [0, LATE_MS]) {
      await sleep(wait);
      await running.mailbox.look().catch(() => undefined);
      if (running.over || running.process.start.try !== number) return;
    }
    if (state.kind === 'lost' && number + 1 < MOST_TRIES) {
      running.process = { ...running.process, start: { ...running.process.start, try: number + 1 }, wave: null };
      void this.#submit(running).catch((error: unknown) => this.#fail(running, error));
      return;
    }
    const line = await this.#readLastLine(running.process, state);
    if (running.over) return;
    this.#end(running);
    const end = describe(state);
    this.#report(died(running.attempts.at(-1) ?? '', line === '' ? end : { ...end, sentence: `${end.sentence}: ${line}` }));
  }

  async #readLastLine(process: RemoteProcess, { kind }: ProcessState): Promise<string> {
    if (kind !== 'died' || this.#backend.lastLine === undefined) return '';
    return this.#backend.lastLine(process).catch(() => '');
  }

  #losePatience(): void {
    for (const running of this.#running.values()) {
      if (running.over || running.stuck === null || Date.now() < running.stuck.until) continue;
      this.#fail(running, new Error(`it did not start: ${running.stuck.why}`));
      void this.#backend.end(running.process, 0).catch(() => undefined);
    }
  }

  /** Better to say so and let another engine find out than to wait for ever. A store that is silent is told by whoever writes there next. */
  #listenForSilence(): void {
    const { answers } = this.#backend;
    const silent = answers === this.#silence.answers && [...this.#running.values()].some(({ over }) => !over);
    Object.assign(this.#silence, { answers, looks: silent ? this.#silence.looks + 1 : 0 });
    if (this.#silence.looks !== Math.ceil((this.#options.silentSeconds * 1_000) / PATIENCE_LOOK_MS)) return;
    this.#isLeft = true;
    this.#report({ type: 'broken', code: 'elsewhere-silent', sentence: `${this.#backend.title} has not answered for ${this.#options.silentSeconds} seconds.`, detail: '' });
  }

  /** Processes that wait have nothing else to tell a run that takes its time from an engine that is gone. */
  #giveSign(prefix: string): void {
    if (![...this.#running.values()].some(({ over, waiting }) => waiting && !over)) return;
    void this.#options.store.put(engineSignKey(prefix), String(Date.now())).catch(() => undefined);
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

  #find(attempt: string): Running | undefined {
    return [...this.#running.values()].find((running) => running.attempts.includes(attempt));
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type End = Pick<Died, 'cause' | 'code' | 'sentence'>;

function died(id: string, end: End): Died & { type: 'died' } {
  return { type: 'died', id, ...end, cell: null, peakBytes: 0 };
}

function describe(state: Extract<ProcessState, { kind: 'succeeded' | 'lost' | 'died' }>): End {
  switch (state.kind) {
    case 'died':
      return { cause: state.cause, code: state.code, sentence: state.why };
    case 'lost':
      return { cause: 'start', code: 0, sentence: `its process was taken away ${MOST_TRIES} times, last: ${state.why}` };
    case 'succeeded':
      return { cause: 'exit', code: 0, sentence: 'its process ended without a result' };
  }
}
