// Following a run to its end: what the steps show, in notebook order, and one live line of progress in a terminal.

import { formatRunId } from '@headwater/protocol';
import { evolve, followEvents, INITIAL_STATE, isAlive, readRecord, type RunState, type Store } from '@headwater/engine';
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

export async function watchRun(options: WatchOptions): Promise<number> {
  const look = new AbortController();
  listen(options, look);
  const screen = new Screen(options);
  const timer = setInterval(() => void screen.tail(), TAIL_MS);
  const guard = await guardOwner(options, look);
  let state = INITIAL_STATE;
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

/** Looks away when the run's process has died without ending its log. */
async function guardOwner(options: WatchOptions, look: AbortController): Promise<NodeJS.Timeout> {
  const record = await readRecord(options.store, options.flow, options.number);
  return setInterval(() => {
    if (record !== null && isAlive(record.owner) === false) setTimeout(() => look.abort(), TAIL_MS).unref();
  }, 1_000);
}
