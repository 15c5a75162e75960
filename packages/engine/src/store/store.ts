// What a store must be able to do: a few verbs over keys. Run numbers, logs and summaries are built on top; bytes of artifacts never come here.

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
  /** The one writer of a log: where a place can tell, appending fails for good once another has taken the log over. */
  openLog(key: string): Promise<LogWriter>;
  /** Calls back soon after a log or value may have changed, until the signal aborts. May call without a change. */
  watch(key: string, changed: () => void, signal: AbortSignal): void;
}

export interface LogWriter {
  /** Appends whole lines, in order; what it returns resolves when a reader can see them. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}
