// Following a run to its end: what the steps show, in notebook order, and one live line of progress in a terminal.

import { setTimeout as sleep } from 'node:timers/promises';
import { formatRunId } from '@headwater/protocol';
import { evolve, followEvents, INITIAL_STATE, isAlive, readEvents, readRecord, readSummary, type RunState, type Store } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { describeEnd } from './events.ts';
import type { Interrupts } from './interrupts.ts';
import { Screen } from './screen.ts';

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
/** Longest wait between looks at the summary, which follows the last event by some milliseconds. */
const SUMMARY_MS = 1_000;
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
  if (state.status !== 'running') await awaitSummary(options);
  return end(options, state, options.interrupts.any);
}

/** Until the list of runs knows the end too: who asks for it next must not find the run running. A store may be slow, or gone; so not for ever. */
async function awaitSummary({ store, flow, number }: WatchOptions): Promise<void> {
  for (let ms = 2; ms < SUMMARY_MS; ms *= 2) {
    const summary = await readSummary(store, flow, number).catch(() => null);
    if (summary !== null && summary.status !== 'running') return;
    await sleep(ms);
  }
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
