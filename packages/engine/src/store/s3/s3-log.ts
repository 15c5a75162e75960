// A log in S3: objects cannot grow, so it is a row of segments `KEY/00000000`, each written once. Who writes the next one has the log.

import type { LogWriter } from '../store.ts';
import { UserError } from '@headwater/protocol';

/** The two verbs a log is made of. */
export interface SegmentStore {
  /** False when the segment is there and not this writer's. */
  create(key: string, bytes: Uint8Array | string): Promise<boolean>;
  get(key: string): Promise<Uint8Array | null>;
  /** Keys under the prefix with their sizes, ascending. */
  sizes(prefix: string, after: string | null): Promise<{ readonly key: string; readonly size: number }[]>;
}

const DIGITS = 8;
/** Segments read at once. */
const WIDTH = 16;

const segmentKey = (log: string, number: number) => `${log}/${String(number).padStart(DIGITS, '0')}`;

/** What is appended while a segment is on its way goes into the next one. Once another writer has taken a number, this one has lost the log for good. */
export class S3LogWriter implements LogWriter {
  readonly #store: SegmentStore;
  readonly #key: string;
  #next = 0;
  #waiting: string[] = [];
  /** The segment that is to be written next, and the one before it. */
  #pending: Promise<void> | null = null;
  #last: Promise<void>;

  constructor(store: SegmentStore, key: string) {
    this.#store = store;
    this.#key = key;
    this.#last = store.sizes(`${key}/`, null).then((segments) => {
      this.#next = segments.length;
    });
    // Whoever appends is told.
    this.#last.catch(() => undefined);
  }

  append(text: string): Promise<void> {
    this.#waiting.push(text);
    if (this.#pending === null) {
      this.#pending = this.#last.then(() => this.#flush());
      this.#last = this.#pending;
    }
    return this.#pending;
  }

  async close(): Promise<void> {
    await this.#last;
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#pending = null;
    if (!(await this.#store.create(segmentKey(this.#key, this.#next), text))) {
      throw new UserError('log-taken', `Another engine has taken over ${this.#key.split('/').slice(0, -1).join('/')}.`, 'This one stops: what it had committed counts, what it was doing does not.');
    }
    this.#next += 1;
  }
}

/** Reads logs by offset, remembering where segments begin: they never change. */
export class S3LogReader {
  readonly #store: SegmentStore;
  readonly #known = new Map<string, number[]>();

  constructor(store: SegmentStore) {
    this.#store = store;
  }

  /** From `offset` on, to the end as it is now or at most `length` bytes; null for a log without a segment. */
  async read(key: string, offset: number, length = Infinity): Promise<Uint8Array | null> {
    const sizes = await this.#look(key);
    return sizes.length === 0 ? null : this.#readFrom(key, sizes, offset, offset + length);
  }

  /** Bytes in all; null for a log without a segment. */
  async size(key: string): Promise<number | null> {
    const sizes = await this.#look(key);
    return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Sizes of all segments there are now. */
  async #look(key: string): Promise<readonly number[]> {
    const sizes = this.#known.get(key) ?? [];
    this.#known.set(key, sizes);
    const after = sizes.length === 0 ? null : segmentKey(key, sizes.length - 1);
    for (const segment of await this.#store.sizes(`${key}/`, after)) {
      // A gap would be a log damaged by hand: what stands before it is what can be trusted.
      if (segment.key !== segmentKey(key, sizes.length)) break;
      sizes.push(segment.size);
    }
    return sizes;
  }

  async #readFrom(key: string, sizes: readonly number[], offset: number, end: number): Promise<Uint8Array> {
    let begin = 0;
    let skip = 0;
    const wanted: string[] = [];
    for (const [number, size] of sizes.entries()) {
      if (begin + size > offset && begin < end) {
        if (wanted.length === 0) skip = offset - begin;
        wanted.push(segmentKey(key, number));
      }
      begin += size;
    }
    const parts: Uint8Array[] = [];
    for (let at = 0; at < wanted.length; at += WIDTH) {
      const read = await Promise.all(wanted.slice(at, at + WIDTH).map((each) => this.#store.get(each)));
      parts.push(...read.map((bytes) => bytes ?? new Uint8Array()));
    }
    return Buffer.concat(parts).subarray(skip, skip + end - offset);
  }
}
