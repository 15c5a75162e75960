// The wire of one remote process, through the store: the engine's lines and the worker's as objects written once.

import { decodeText, fromWorkerKey, FromWorkerSchema, toWorkerKey, type FromWorker, type ToWorker } from '@headwater/protocol';
import type { Store } from '../../store/store.ts';

/** A young process is looked at often, for it may be short; one that has run for minutes can wait a moment longer. */
const SHORTEST_LOOK_MS = 150;
const LONGEST_LOOK_MS = 2_000;
/** Part of its age that a process may wait to be looked at. */
const LOOK_SHARE = 0.05;

export class Mailbox {
  readonly #store: Store;
  readonly #wire: string;
  readonly #receive: (message: FromWorker) => void;
  #sent = 0;
  #try = 0;
  #read = 0;
  #began = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #closed = false;

  constructor(store: Store, wire: string, receive: (message: FromWorker) => void) {
    this.#store = store;
    this.#wire = wire;
    this.#receive = receive;
  }

  /** Resolves when the worker can read it. Lines may overtake each other on their way: they are read by their numbers. */
  async post(message: ToWorker): Promise<void> {
    const key = toWorkerKey(this.#wire, this.#sent);
    this.#sent += 1;
    await this.#store.create(key, JSON.stringify(message));
  }

  /** From now on messages of this try are received. */
  listen(tryNumber: number): void {
    this.#try = tryNumber;
    this.#read = 0;
    this.#began = Date.now();
    this.#schedule();
  }

  /** Receives what is there now. Rejects when the store cannot be read. */
  look(): Promise<void> {
    this.#looking ??= this.#drain().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #drain(): Promise<void> {
    while (!this.#closed) {
      const key = fromWorkerKey(this.#wire, this.#try, this.#read);
      const bytes = await this.#store.get(key);
      if (bytes === null) return;
      this.#read += 1;
      this.#receive(decodeText(FromWorkerSchema, new TextDecoder().decode(bytes), key));
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const wait = Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, (Date.now() - this.#began) * LOOK_SHARE));
    // A store that does not answer now is asked again.
    this.#timer = setTimeout(() => void this.look().catch(() => undefined).then(() => this.#schedule()), wait);
  }
}

/** The last word of a worker so far, or null. */
export async function readLast(store: Store, wire: string, tryNumber: number): Promise<FromWorker | null> {
  let last: FromWorker | null = null;
  for (let number = 0; ; number += 1) {
    const key = fromWorkerKey(wire, tryNumber, number);
    const bytes = await store.get(key);
    if (bytes === null) return last;
    last = decodeText(FromWorkerSchema, new TextDecoder().decode(bytes), key);
  }
}
