// One connection of one editor: the handshake, then methods, each with its parameters checked where they come in.

import { CHANGES, ContractError, decode, EDITOR_PROTOCOL, ERROR_CODES, isUserError, PARAMS, type Answer, type Method, type Notification, type Notifications, type Params, type Problem, type Welcome } from '@headwater/protocol';
import type { Store } from '@headwater/engine';
import { ResponseError, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import { analyse } from './methods/analyse.ts';
import { artifacts, preview } from './methods/artifacts.ts';
import { compare } from './methods/compare.ts';
import { find, type Asking, type Context } from './methods/context.ts';
import { logs, searchLogs } from './methods/logs.ts';
import { metrics } from './methods/metrics.ts';
import { diff, executed, outputs, report } from './methods/notebooks.ts';
import { run, runs, store, view } from './methods/runs.ts';
import { resume, start, stop } from './methods/start.ts';
import { support } from './methods/support.ts';
import { table } from './methods/table.ts';
import { task } from './methods/task.ts';
import { taskMap, tasks } from './methods/tasks.ts';
import type { Watch } from './runs/watchers.ts';

type Handlers = { readonly [M in Exclude<Method, 'hello' | 'watchRun' | 'watchRuns'>]: (context: Context, params: Params<M>, asking: Asking) => Promise<Answer<M>> };

const HANDLERS: Handlers = { analyse, artifacts, compare, diff, executed, logs, metrics, outputs, preview, report, resume, run, runs, searchLogs, start, stop, store, support, table, task, taskMap, tasks };

export interface SessionOptions {
  readonly context: Context;
  readonly connection: MessageConnection;
  readonly welcome: Welcome;
  /** The request that opened the socket carried the own header. */
  readonly proven: boolean;
  readonly useTicket: (ticket: string) => boolean;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #watches = new Map<string, () => void>();
  /** The editor that has said hello. */
  #client: string | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    for (const method of Object.keys(PARAMS) as Method[]) options.connection.onRequest(method, (params: unknown, token: CancellationToken) => this.#answer(method, params, token));
    options.connection.onClose(() => this.close());
    options.connection.onDispose(() => this.close());
    options.connection.listen();
  }

  close(): void {
    for (const end of this.#watches.values()) end();
    this.#watches.clear();
  }

  async #answer(method: Method, given: unknown, token: CancellationToken): Promise<unknown> {
    const { log } = this.#options.context;
    const began = performance.now();
    try {
      const answer = await this.#handle(method, decode(PARAMS[method], given, `the parameters of ${method}`), token);
      if (performance.now() - began > SLOW_MS) log.write('slow', { method, ms: Math.round(performance.now() - began) });
      return answer;
    } catch (error) {
      throw this.#toResponse(method, error);
    }
  }

  #toResponse(method: Method, error: unknown): Error {
    const { log } = this.#options.context;
    if (error instanceof ResponseError) return error;
    if (isUserError(error)) {
      const problem: Problem = { code: error.code, sentence: error.sentence, hint: error.hint };
      return new ResponseError(ERROR_CODES.mistake, error.sentence, problem);
    }
    if (error instanceof ContractError) return new ResponseError(ERROR_CODES.mistake, error.message, { code: 'bad-request', sentence: error.message, hint: null } satisfies Problem);
    // The stack names places in our code; the message may name the person's files, so it stays out of the log.
    log.write('bug', { method, kind: error instanceof Error ? error.name : 'thrown', stack: error instanceof Error ? placesOf(error.stack ?? '') : '' });
    return new ResponseError(ERROR_CODES.bug, `Headwater made a mistake in ${method}: ${error instanceof Error ? error.message : String(error)}`);
  }

  async #handle(method: Method, params: unknown, token: CancellationToken): Promise<unknown> {
    if (method === 'hello') return this.#greet(params as Params<'hello'>);
    const { context, welcome } = this.#options;
    if (this.#client === null) throw new ResponseError(ERROR_CODES.refused, 'The first request of a connection is hello.');
    if (welcome.readOnly && (CHANGES.has(method) || method === 'table')) throw new ResponseError(ERROR_CODES.refused, 'You can look at runs. To run flows, trust this workspace.');
    if (method === 'watchRun') return this.#watchRun(params as Params<'watchRun'>);
    if (method === 'watchRuns') return this.#watchRuns(params as Params<'watchRuns'>);
    const unwanted = new AbortController();
    token.onCancellationRequested(() => unwanted.abort());
    const asking: Asking = { tell: (name, told) => this.#tell(name, told), signal: unwanted.signal, client: this.#client };
    return (HANDLERS[method] as (context: Context, params: unknown, asking: Asking) => Promise<unknown>)(context, params, asking);
  }

  #greet({ protocol, client, ticket }: Params<'hello'>): Welcome {
    const { welcome, proven, useTicket, context } = this.#options;
    if (protocol !== EDITOR_PROTOCOL) {
      const problem: Problem = { code: 'other-protocol', sentence: `This editor speaks protocol ${protocol} and the engine speaks ${EDITOR_PROTOCOL}.`, hint: protocol < EDITOR_PROTOCOL ? 'Update the extension, or reload the page.' : 'Update Headwater, then restart the server.' };
      throw new ResponseError(ERROR_CODES.otherProtocol, problem.sentence, problem);
    }
    if (!proven && (ticket === null || !useTicket(ticket))) throw new ResponseError(ERROR_CODES.refused, 'The connection was not opened by an editor of Headwater.');
    this.#client = client;
    context.log.write('hello', { client: client.replaceAll(/[^\w. -]/g, '').slice(0, 40) });
    return welcome;
  }

  async #watchRun(params: Params<'watchRun'>): Promise<null> {
    const { context } = this.#options;
    const { store: opened, id } = await find(context, params);
    this.#watch(`run ${params.store} ${params.run}`, params.watched, () => context.watchers.watchRun(opened, id, (found) => {
      if (found === null || found.summary.status !== 'running') context.recent.forget(opened, id);
      if (found === null) this.#tell('runChanged', { store: params.store, run: params.run, view: null });
      else void view(context, found).then((now) => this.#tell('runChanged', { store: params.store, run: params.run, view: now }));
    }));
    return null;
  }

  /** Answers when nothing is missed any more: a run that starts after the answer is told. */
  async #watchRuns({ store: url, watched }: Params<'watchRuns'>): Promise<null> {
    const { context } = this.#options;
    let begun = Promise.resolve();
    this.#watch(`runs ${url}`, watched, () => {
      const watch = whenOpened(context, url, (opened, waited) => context.watchers.watchList(opened, (change) => this.#tell('runsChanged', { store: url, ...change }), waited));
      begun = watch.begun;
      return watch.end;
    });
    await begun;
    return null;
  }

  #watch(key: string, wanted: boolean, begin: () => () => void): void {
    if (wanted && !this.#watches.has(key)) this.#watches.set(key, begin());
    if (wanted) return;
    this.#watches.get(key)?.();
    this.#watches.delete(key);
  }

  #tell<N extends Notification>(name: N, params: Notifications[N]): void {
    void this.#options.connection.sendNotification(name, params).catch(() => undefined);
  }
}

const SLOW_MS = 1000;
const LOOK_MS = 500;

/** A store that is not there yet is waited for: the first run makes it. `begin` is told whether it was. */
function whenOpened(context: Context, url: string, begin: (store: Store, waited: boolean) => Watch): Watch {
  let watch: Watch | null = null;
  let ended = false;
  let waited = false;
  const look = async () => {
    const opened = await context.places.open(url).catch(() => null);
    waited ||= opened === null;
    if (opened === null || ended || watch !== null) return;
    clearInterval(timer);
    watch = begin(opened, waited);
    await watch.begun;
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  const end = () => {
    ended = true;
    clearInterval(timer);
    watch?.end();
  };
  return { end, begun: look() };
}

/** Files of ours and lines, from a stack whose first line is the message. */
function placesOf(stack: string): string {
  return [...stack.matchAll(/([\w.-]+\.m?[jt]s:\d+)/g)].slice(0, 8).map((match) => match[1]).join(' < ');
}
