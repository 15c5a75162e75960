// A connection that comes back: the service may be restarted and the network may go, and runs go on all the same.

import { EDITOR_PROTOCOL, ERROR_CODES, type Answer, type Method, type Notification, type Notifications, type Params, type Problem } from '@headwater/protocol';
import { CancellationTokenSource, ResponseError, type MessageConnection } from 'vscode-jsonrpc';
import { CallError, type Backend, type LinkState } from './backend.ts';
import { connect, type OpenSocket } from './socket.ts';

/** Opens a socket, with the ticket for its `hello`, or null where the socket itself proved who asks. Rejects where it cannot now; the error has a `problem` where somebody has to do something. */
export type Dial = () => Promise<{ readonly socket: OpenSocket; readonly ticket: string | null }>;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A service that is still starting is no trouble yet: so many tries may fail before anybody is told. */
const FIRST_TRIES = 3;

type Listener = (params: unknown) => void;

export class Link implements Backend {
  readonly #dial: Dial;
  readonly #client: string;
  readonly #listeners = new Map<Notification, Set<Listener>>();
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  #state: LinkState = { kind: 'connecting' };
  #connection: MessageConnection | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #watched = new Map<string, number>();
  #tries = 0;
  #lostSince = 0;
  #wasOpen = false;
  #closed = false;

  constructor(dial: Dial, client: string) {
    this.#dial = dial;
    this.#client = client;
    void this.#try();
  }

  get state(): LinkState {
    return this.#state;
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  on<N extends Notification>(name: N, listener: (params: Notifications[N]) => void): () => void {
    const all = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, all);
    all.add(listener as Listener);
    return () => all.delete(listener as Listener);
  }

  async call<M extends Method>(method: M, params: Params<M>, signal?: AbortSignal): Promise<Answer<M>> {
    if (this.#state.kind !== 'open') await this.#opened();
    const connection = this.#connection;
    if (connection === null) throw new CallError((this.#state.kind === 'lost' ? this.#state.problem : null) ?? LOST);
    const unwanted = new CancellationTokenSource();
    const cancel = () => unwanted.cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await connection.sendRequest<Answer<M>>(method, params, unwanted.token);
    } catch (error) {
      throw toCallError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Watching is counted: the service is asked for the first who looks and told when the last is gone, and asked again after a loss. */
  watch<M extends 'watchRun' | 'watchRuns'>(method: M, params: Omit<Params<M>, 'watched'>): () => void {
    const key = JSON.stringify([method, params]);
    const looking = this.#watched.get(key) ?? 0;
    this.#watched.set(key, looking + 1);
    if (looking === 0 && this.#state.kind === 'open') this.#tell(key, true);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (this.#watched.get(key) ?? 1) - 1;
      if (left > 0) this.#watched.set(key, left);
      else this.#watched.delete(key);
      if (left === 0 && this.#state.kind === 'open') this.#tell(key, false);
    };
  }

  #tell(key: string, watched: boolean): void {
    const [method, params] = JSON.parse(key) as ['watchRuns', Omit<Params<'watchRuns'>, 'watched'>];
    // A store or run that is not there now is no reason to fail: whoever asks for it gets the sentence.
    void this.call(method, { ...params, watched }).catch(() => undefined);
  }

  retry(): void {
    if (this.#state.kind === 'open' || this.#closed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#try();
  }

  /** Leaves the connection for a new one, at once: what is asked meanwhile waits for that. */
  reconnect(): void {
    const connection = this.#connection;
    this.#connection = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#tries = 0;
    this.#wasOpen = false;
    this.#set({ kind: 'connecting' });
    connection?.end();
    connection?.dispose();
    void this.#try();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#connection?.dispose();
    this.#connection?.end();
  }

  /** The first connection is waited for; a lost one is not: what cannot be asked now is said at once. */
  #opened(): Promise<void> {
    if (this.#state.kind !== 'connecting') return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.onState((state) => {
        if (state.kind === 'connecting') return;
        end();
        resolve();
      });
    });
  }

  async #try(): Promise<void> {
    this.#timer = null;
    this.#tries += 1;
    try {
      const { socket, ticket } = await this.#dial();
      const connection = connect(socket);
      connection.onClose(() => this.#lose(connection));
      connection.onNotification((name: string, params: unknown) => this.#listeners.get(name as Notification)?.forEach((listener) => listener(params)));
      connection.listen();
      const welcome = await connection.sendRequest<Answer<'hello'>>('hello', { protocol: EDITOR_PROTOCOL, client: this.#client, ticket });
      this.#connection = connection;
      this.#tries = 0;
      this.#lostSince = 0;
      this.#wasOpen = true;
      this.#set({ kind: 'open', welcome });
      for (const key of this.#watched.keys()) this.#tell(key, true);
    } catch (error) {
      if (error instanceof ResponseError && error.code === ERROR_CODES.otherProtocol) this.#set({ kind: 'failed', problem: error.data as Problem });
      else this.#wait(problemOf(error));
    }
  }

  #lose(connection: MessageConnection): void {
    connection.dispose();
    if (this.#connection !== connection || this.#closed) return;
    this.#connection = null;
    this.#wait(null);
  }

  #wait(problem: Problem | null): void {
    if (this.#closed || this.#timer !== null) return;
    if (this.#lostSince === 0) this.#lostSince = Date.now();
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, this.#tries - 1));
    this.#timer = setTimeout(() => void this.#try(), wait);
    if (problem === null && !this.#wasOpen && this.#tries <= FIRST_TRIES) return;
    this.#set({ kind: 'lost', since: this.#lostSince, tries: this.#tries, next: Date.now() + wait, problem });
  }

  #set(state: LinkState): void {
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener(state);
  }
}

const LOST: Problem = { code: 'service-lost', sentence: 'Headwater is not connected at the moment.', hint: 'Runs go on without the editor.' };

function problemOf(error: unknown): Problem | null {
  return error instanceof Error && 'problem' in error ? error.problem as Problem | null : null;
}

function toCallError(error: unknown): CallError {
  if (error instanceof ResponseError) {
    const data: unknown = error.data;
    if (error.code === ERROR_CODES.mistake && typeof data === 'object' && data !== null && 'sentence' in data) return new CallError(data as Problem);
    const code = Object.entries(ERROR_CODES).find(([, number]) => number === error.code)?.[0] ?? 'bug';
    return new CallError({ code, sentence: error.message, hint: null });
  }
  return new CallError(LOST);
}
