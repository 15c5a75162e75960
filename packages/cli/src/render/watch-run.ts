// Following a run to its end: what the steps show, in notebook order, and one live line of progress in a terminal.

import { formatRunId, outputKey, type Event, type Output } from '@headwater/protocol';
import { evolve, followEvents, INITIAL_STATE, isAlive, readEvents, readRecord, type RunState, type StepState, type Store } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { describeEnd, describeEvent } from './events.ts';
import type { Interrupts } from './interrupts.ts';
import { outputText } from './outputs.ts';
import { StatusLine } from './status-line.ts';

export interface WatchOptions {
  readonly store: Store;
  readonly flow: string;
  readonly number: number;
  readonly json: boolean;
  /** Ctrl-C stops the run instead of only looking away. */
  readonly stops: boolean;
  readonly interrupts: Interrupts;
}

/** How often output of the step whose turn it is is looked for. */
const TAIL_MS = 150;
/** How often the run's process is looked for. */
const GUARD_MS = 1_000;

export async function watchRun(options: WatchOptions): Promise<number> {
  const look = new AbortController();
  listen(options, look);
  const screen = new Screen(options);
  const timer = setInterval(() => void screen.tail(), TAIL_MS);
  let state = INITIAL_STATE;
  const guard = await guardOwner(options, look, () => state.events);
  try {
    for await (const event of followEvents(options.store, options.flow, options.number, look.signal)) {
      const before = state;
      state = evolve(state, event);
      await screen.show(before, state, event);
    }
  } finally {
    clearInterval(timer);
    clearInterval(guard);
    screen.close();
  }
  return end(options, state, options.interrupts.any);
}

function end(options: WatchOptions, state: RunState, interrupted: boolean): number {
  const status = state.status === 'running' && !interrupted ? 'lost' : state.status;
  const id = formatRunId(options);
  if (options.json) process.stdout.write(`${JSON.stringify({ type: 'run', run: id, status })}\n`);
  else process.stdout.write(describeEnd(id, state, status));
  if (status === 'done') return EXIT.done;
  return interrupted || status === 'stopped' ? EXIT.interrupted : EXIT.failed;
}

/** The first Ctrl-C stops the run cleanly (or looks away), the second kills it. */
function listen(options: WatchOptions, look: AbortController): void {
  options.interrupts.listen((count) => {
    void readRecord(options.store, options.flow, options.number).then((record) => {
      if (!options.stops || record === null) look.abort();
      else if (isAlive(record.owner) !== false) process.kill(record.owner.pid, count === 1 ? 'SIGTERM' : 'SIGKILL');
      if (count > 1) look.abort();
    });
  });
}

/** Looks away when the run's process has died without ending its log, and everything it had written was shown: from a store elsewhere that comes late. */
async function guardOwner(options: WatchOptions, look: AbortController, shown: () => number): Promise<NodeJS.Timeout> {
  const record = await readRecord(options.store, options.flow, options.number);
  let written: number | null = null;
  return setInterval(() => {
    if (record === null || isAlive(record.owner) !== false) return;
    if (written === null) void readEvents(options.store, options.flow, options.number).then((events) => (written = events.length), () => look.abort());
    else if (shown() >= written) look.abort();
  }, GUARD_MS);
}

/** What stands on the screen: lines that stay, and below them the status line. */
class Screen {
  readonly #options: WatchOptions;
  readonly #status = new StatusLine(process.stdout);
  readonly #offsets = new Map<string, number>();
  #head: StepState | undefined;
  #next: StepState | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  async show(before: RunState, state: RunState, event: Event): Promise<void> {
    if (this.#options.json) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
      return;
    }
    const settled = state.steps.slice(before.settled, state.settled);
    for (const step of settled) await this.#print(step);
    this.#status.print(describeEvent(before, state, event));
    this.#status.set(state);
    this.#next = state.steps[state.settled];
  }

  /** Output of the step whose turn it is, as it comes; a look later, so that a guess found wrong as soon as its turn came shows nothing. */
  async tail(): Promise<void> {
    const head = this.#head;
    this.#head = this.#next;
    if (head?.current != null && head.current.id === this.#next?.current?.id && !this.#options.json) await this.#print(head);
  }

  #print(step: StepState): Promise<void> {
    // One after the other: two readers would print the same lines twice.
    this.#work = this.#work.then(() => this.#printNow(step));
    return this.#work;
  }

  async #printNow(step: StepState): Promise<void> {
    const attempt = step.current?.id;
    if (attempt === undefined) return;
    const offset = this.#offsets.get(attempt) ?? 0;
    const bytes = await this.#options.store.readLog(outputKey(this.#options.flow, this.#options.number, attempt), offset);
    const end = bytes === null ? 0 : bytes.lastIndexOf(10) + 1;
    if (bytes === null || end === 0) return;
    this.#offsets.set(attempt, offset + end);
    const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n').filter((line) => line !== '');
    this.#status.print(lines.map((line) => outputText(JSON.parse(line) as Output)).join(''));
  }

  close(): void {
    this.#status.close();
  }
}

