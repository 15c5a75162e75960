// The acting half of a run: appends every event to the log, folds it, and carries out what the transition commands.

import { NO_ASKS, type CellSource, type Event, type EventBody, type Flow, type FromWorker, type Start, type StepNames } from '@headwater/protocol';
import type { Executor } from '../execute/executor.ts';
import { INITIAL_STATE, type RunState } from '../run/state.ts';
import { transition, type Command } from '../run/transition.ts';
import type { Seek } from './in-turn.ts';
import { gpuNames } from './machine.ts';
import { Timers, watchTime } from './timers.ts';
import type { LogWriter } from '../store/store.ts';

export interface DriveOptions {
  readonly executor: Executor;
  /** What an earlier run made in place of the attempt, or null. */
  readonly seek: Seek;
  readonly log: LogWriter;
  readonly flow: Flow;
  readonly cells: ReadonlyMap<string, readonly CellSource[]>;
  readonly now: () => number;
}

export class Drive {
  readonly #options: DriveOptions;
  readonly #queue: EventBody[] = [];
  #state: RunState = INITIAL_STATE;
  #busy = false;
  #next = 0;
  /** Processes that were asked to leave. */
  readonly #leaving: Promise<void>[] = [];
  #resolve: () => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  readonly #timers = new Timers();
  /** Resolves when the run has ended and every event is in the log; rejects when the log cannot be written any more. */
  readonly ended: Promise<void>;

  constructor(options: DriveOptions) {
    this.#options = options;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get state(): RunState {
    return this.#state;
  }

  /** Takes an event from outside: from the worker, from a person. */
  put(event: EventBody): void {
    this.#queue.push(event);
    if (!this.#busy) this.#run();
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.#timers.close();
  }

  #run(): void {
    this.#busy = true;
    try {
      for (let body = this.#queue.shift(); body !== undefined; body = this.#queue.shift()) this.#step(body);
    } finally {
      this.#busy = false;
    }
  }

  #step(body: EventBody): void {
    if (this.#state.status !== 'running') return;
    const event: Event = { n: this.#next, t: this.#options.now(), ...body };
    this.#next += 1;
    const written = this.#options.log.append(`${JSON.stringify(event)}\n`);
    const [state, commands] = transition(this.#state, event);
    this.#state = state;
    // What is done outside is in the log first: whoever takes over must know of it.
    const acted = written.then(() => commands.forEach((command) => this.#act(command, state.stopping)));
    acted.catch(this.#reject);
    for (const command of commands) if (command.do === 'record') this.#record(command.event, acted);
    watchTime(event, { state, timers: this.#timers, expire: (expired) => this.put(expired) });
  }

  /** `gently` is as it was decided: by the time it is carried out a person may have asked for the end. */
  #act(command: Command, gently: boolean): void {
    const { executor } = this.#options;
    switch (command.do) {
      case 'record':
        break;
      case 'start':
        executor.start(this.#makeStart(command));
        break;
      case 'seek':
        this.#seek(this.#makeStart(command));
        break;
      case 'go':
        executor.go(command.id, command.world);
        break;
      case 'wait':
        this.#timers.wait(command.task, command.ms, () => this.put({ type: 'task-due', id: command.task }));
        break;
      case 'stop':
        this.#leaving.push(executor.stop(command.id, gently));
        break;
      case 'end':
        this.#resolve();
        break;
    }
  }

  #seek(start: Start): void {
    void this.#options.seek(start).catch(() => null).then((report) => {
      if (this.#state.active.get(start.id)?.sought === true) this.put(report === null ? { type: 'task-missed', id: start.id } : { type: 'task-executed', id: start.id, report });
    });
  }

  #record(decision: EventBody, acted: Promise<void>): void {
    // Decisions come before anything else that waits: they follow from the state as it is. Only the end waits, for who is still tidying up.
    if (decision.type !== 'run-ended') this.#queue.unshift(decision);
    else acted.then(() => Promise.all(this.#leaving)).then(() => this.put(decision), this.#reject);
  }

  #makeStart({ issued, world, setting }: Extract<Command, { do: 'start' | 'seek' }>): Start {
    const { flow, cells } = this.#options;
    const step = flow.steps.find(({ name }) => name === issued.step);
    const { openness, reads, binds, deletes, writers, askers, asked } = step?.names ?? UNKNOWN;
    return {
      type: 'start',
      id: issued.id,
      step: issued.step,
      task: issued.task,
      attempt: issued.attempt,
      cells: setting.split === null && setting.caught === null ? [...(cells.get(issued.step) ?? [])] : [],
      openness,
      reads: [...reads],
      binds: [...binds],
      deletes: [...deletes],
      writers: [...writers],
      askers: [...askers],
      asked: [...asked],
      world,
      everything: issued.everything,
      turn: issued.turn,
      inside: issued.inside,
      replays: issued.replays,
      history: readsHistory(flow),
      asks: step?.asks ?? NO_ASKS,
      ...setting,
      gpus: setting.gpus?.map((at) => gpuNames(process.env)[at] ?? String(at)) ?? null,
    };
  }
}

const UNKNOWN: StepNames = { openness: 'opaque', reason: null, reads: [], binds: [], deletes: [], writers: [], askers: [], asked: [] };

/** A cell reads `_`, `_3`, `Out` or `In`: results of cells are carried from step to step. */
function readsHistory(flow: Flow): boolean {
  return flow.steps.some((step) => step.names.reads.some((name) => /^(_+|_\d+|Out)$/.test(name)));
}

/** What a message of the worker is as an event of the run. */
export function toEvent(message: Exclude<FromWorker, { type: 'up' | 'parsed' }>): EventBody {
  switch (message.type) {
    case 'ready':
      return { type: 'worker-ready', python: message.python, ipython: message.ipython, isolation: message.isolation, reason: message.reason };
    case 'began':
      return { type: 'task-began', id: message.id, pid: message.pid, reads: message.reads, readUnits: message.readUnits };
    case 'held':
      return { type: 'task-held', id: message.id, effect: message.effect, reads: message.reads, readUnits: message.readUnits };
    case 'progress':
      return { type: 'task-progress', id: message.id, done: message.done, total: message.total };
    case 'executed':
      return { type: 'task-executed', id: message.id, report: message };
    case 'died':
      return { type: 'task-died', id: message.id, report: message };
    case 'gone':
      return { type: 'process-gone', id: message.id };
    case 'broken':
      return { type: 'run-broken', code: message.code, sentence: message.sentence };
  }
}
