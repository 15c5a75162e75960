// Waits until the machine has nothing else to do, and says how well that went.

import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A machine that is this busy by itself is as quiet as one in use gets. */
const QUIET_SHARE = 0.12;
/** Ten ticks of the system's own accounting on every core. */
const SAMPLE_MS = 100;
/** A pause in somebody's test run is not quiet yet: so many samples in a row must be. */
const SAMPLES_IN_A_ROW = 3;

export interface Quiet {
  readonly waitedSeconds: number;
  /** One-minute load average just before the first round. */
  readonly load: number;
  /** Share of all cores in use by others just before each round. */
  readonly busy: readonly number[];
}

/** Spends at most so many seconds of waiting over all rounds of a row. */
export class Patience {
  readonly #busy: number[] = [];
  readonly #mostMs: number;
  readonly #load = os.loadavg()[0] ?? 0;
  #waitedMs = 0;

  constructor(mostSeconds: number) {
    this.#mostMs = mostSeconds * 1_000;
  }

  /** Returns when the machine is quiet or the patience is at its end. */
  async wait(): Promise<void> {
    const began = performance.now();
    let busy = 1;
    for (let quiet = 0; quiet < SAMPLES_IN_A_ROW && this.#waitedMs + performance.now() - began <= this.#mostMs;) {
      busy = await sampleBusy();
      quiet = busy < QUIET_SHARE ? quiet + 1 : 0;
    }
    this.#waitedMs += performance.now() - began;
    this.#busy.push(this.#waitedMs < this.#mostMs ? busy : await sampleBusy());
  }

  get quiet(): Quiet {
    return { waitedSeconds: Math.round(this.#waitedMs / 1_000), load: this.#load, busy: [...this.#busy] };
  }
}

export const isQuiet = (busy: number): boolean => busy < QUIET_SHARE;

async function sampleBusy(): Promise<number> {
  const before = readCpus();
  await sleep(SAMPLE_MS);
  const after = readCpus();
  return (after.busy - before.busy) / Math.max(1, after.total - before.total);
}

function readCpus(): { busy: number; total: number } {
  const all = os.cpus().map(({ times }) => times);
  const total = all.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { total, busy: total - all.reduce((sum, { idle }) => sum + idle, 0) };
}
