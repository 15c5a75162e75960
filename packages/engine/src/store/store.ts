// What a store must be able to do: a few verbs over keys. Run numbers, logs and summaries are built on top; bytes of artifacts never come here.

/** A key with its size in bytes and when it was written or touched last, in milliseconds. */
export interface Entry {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
}

export interface Store {
  /** What a worker is told to open it: a folder or a URL. */
  readonly url: string;
  /** Prepares a new store; throws a UserError where the place cannot keep what the other verbs promise. */
  initialise(): Promise<void>;
  /** The whole value, or null. Logs are read by `readLog`. */
  get(key: string): Promise<Uint8Array | null>;
  /** Whether there is anything under the key. */
  has(key: string): Promise<boolean>;
  /** A log from `offset` on, to its end as it is now or at most `length` bytes; null when there is no such log. */
  readLog(key: string, offset: number, length?: number): Promise<Uint8Array | null>;
  /** Bytes of a log as it is now; null when there is no such log. */
  logSize(key: string): Promise<number | null>;
  /** Writes unless the key exists; false when it does. Of two writers at once exactly one gets true. */
  create(key: string, bytes: Uint8Array | string): Promise<boolean>;
  /** Writes or replaces; a reader sees the old value or the new one. */
  put(key: string, bytes: Uint8Array | string): Promise<void>;
  /** Whatever stands under the key, and under it as a prefix. */
  delete(key: string): Promise<void>;
  /** Makes the log `to` hold what the log `from` holds; false when there is no log `from`. */
  copyLog(from: string, to: string): Promise<boolean>;
  /** Keys (or, for a key part that ends in a slash, prefixes) directly under `prefix`, ascending, after `after`. */
  list(prefix: string, options?: { readonly after?: string; readonly limit?: number }): Promise<string[]>;
  /** Everything under `prefix` at any depth; what is half written is left out. */
  entries(prefix: string): Promise<Entry[]>;
  /** At most `length` bytes of a value from `at` on; null when there is none. */
  getPart(key: string, at: number, length: number): Promise<Uint8Array | null>;
  /** As `has`, and from now on nobody sweeps it who looks for what was not used since earlier. */
  touch(key: string): Promise<boolean>;
  /** Deletes a value unless it was written or touched since `before`; whether it is gone. */
  sweep(key: string, before: number): Promise<boolean>;
  /** The one writer of a log: where a place can tell, appending fails for good once another has taken the log over. */
  openLog(key: string): Promise<LogWriter>;
  /** An address under which the value can be fetched without credentials for that long; null where there is none. */
  lend(key: string, seconds: number): Promise<string | null>;
  /** Calls back soon after a log or value may have changed, until the signal aborts. May call without a change. */
  watch(key: string, changed: () => void, signal: AbortSignal): void;
}

export interface LogWriter {
  /** Appends whole lines, in order; what it returns resolves when a reader can see them. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}
