// What a place must be able to do so that attempts run there: start a process with Python, say what becomes of it, end it. All else is RemoteExecutor's.

import type { Asks, Died, RemoteStart, WaveStart } from '@headwater/protocol';

interface Submitted {
  readonly flow: string;
  readonly run: number;
  readonly hashSeed: number;
  /** What the tags of its first step ask for; memory as it is asked for this time. */
  readonly asks: Asks;
}

export interface RemoteProcess extends Submitted {
  readonly start: RemoteStart;
  /** Its place among those it was submitted with, or null. */
  readonly wave: { readonly key: string; readonly index: number } | null;
}

/** Processes that differ only in the attempt they begin with, in the order of their places. */
export interface RemoteWave extends Submitted {
  readonly start: WaveStart;
  readonly processes: readonly RemoteProcess[];
}

export type ProcessState =
  | { readonly kind: 'waiting' }
  /** Will not start as it is. It may wait that long all the same, for places grow and images arrive. */
  | { readonly kind: 'stuck'; readonly why: string; readonly seconds: number }
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  /** The place's doing, not the step's: it runs again free of charge. */
  | { readonly kind: 'lost'; readonly why: string }
  /** `start`: no cell has run, and none would the next time. */
  | { readonly kind: 'died'; readonly cause: Died['cause']; readonly code: number; readonly why: string };

export interface Earlier {
  readonly try: number;
  readonly isOver: boolean;
}

export interface Backend {
  readonly name: string;
  /** As sentences begin with it. */
  readonly title: string;
  /** Rejects with a UserError where nothing could run. Asked before the run has a number. */
  check(): Promise<void>;
  /** From now on tells what becomes of the run's processes: at once when it changes, or by looking, but the last state of each always. */
  open(prefix: string, changed: (process: string, tryNumber: number, state: ProcessState) => void): Promise<void>;
  /** Idempotent where the place can be: the same process submitted twice is one. Waits for room where a quota is used up. */
  submit(process: RemoteProcess, isWanted: () => boolean): Promise<void>;
  /** Submits processes that are alike as one, where the place knows such a thing; each ends, and is ended, by itself. */
  submitMany?(wave: RemoteWave, isWanted: () => boolean): Promise<void>;
  /** Ends a process; with `seconds` for its `finally` blocks it resolves when it is gone. */
  end(process: RemoteProcess, seconds: number): Promise<void>;
  /** The newest try of a process of an earlier run that whoever submitted, or null. */
  findEarlier(process: RemoteProcess): Promise<Earlier | null>;
  /** Ends what still runs of an earlier run. */
  endEarlier(prefix: string): Promise<void>;
  /** Of a process that has ended without a word to its engine: the last line it wrote, where the place's own word for its end does not hold it; '' if there is none. */
  lastLine?(process: RemoteProcess): Promise<string>;
  /** How often the place has answered so far: it is asked once a minute at least while processes run. */
  readonly answers: number;
  close(): void;
}
