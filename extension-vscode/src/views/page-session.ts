// The extension host's side of one page: what it asks is checked, what it watches ends with it.

import type { MessageConnection } from 'vscode-jsonrpc';
import type * as vscode from 'vscode';
import { CallError, connect, type Backend, type OpenSocket, type PageArgs } from '@headwater/panels';
import type { Method, Notification } from '@headwater/protocol';
import type { Notebooks } from '../notebook/notebooks.ts';
import { ACTS, ASK, isFrame, READS, TELL, type Acts, type Begin, type PageNotebook, type Watch } from '../webview/contract.ts';

export interface SessionParts {
  readonly backend: Backend;
  readonly notebooks: Notebooks;
  readonly acts: Acts;
}

const EVENTS: readonly Notification[] = ['runChanged', 'runsChanged'];

export class PageSession implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #parts: SessionParts;
  readonly #ends: (() => void)[] = [];
  #page: PageArgs;
  #current: { readonly name: string; readonly connection: MessageConnection; readonly hear: (text: string) => void } | null = null;
  readonly #watches = new Map<string, () => void>();

  constructor(webview: vscode.Webview, page: PageArgs, parts: SessionParts) {
    this.#webview = webview;
    this.#page = page;
    this.#parts = parts;
    const { backend, notebooks } = parts;
    const heard = webview.onDidReceiveMessage((message: unknown) => { if (isFrame(message)) this.#sessionOf(message.session).hear(message.text); });
    this.#ends.push(
      () => void heard.dispose(),
      ...EVENTS.map((name) => backend.on(name, (params) => this.#tell(TELL.event, { name, params }))),
      backend.onState((state) => this.#tell(TELL.link, state)),
      notebooks.changed.add(() => this.#tell(TELL.notebook, this.#notebook())),
    );
  }

  show(page: PageArgs): void {
    this.#page = page;
    this.#tell(TELL.page, page);
  }

  dispose(): void {
    this.#drop();
    for (const end of this.#ends) end();
  }

  #tell(name: string, params: unknown): void {
    void this.#current?.connection.sendNotification(name, params);
  }

  #sessionOf(name: string) {
    if (this.#current?.name === name) return this.#current;
    this.#drop();
    let hear: (text: string) => void = () => undefined;
    const socket: OpenSocket = {
      send: (text) => void this.#webview.postMessage({ session: name, text }),
      close: () => undefined,
      addEventListener: (type: string, listener: (event: { data: unknown }) => void) => { if (type === 'message') hear = (text) => listener({ data: text }); },
    };
    const connection = connect(socket);
    this.#serve(connection);
    connection.listen();
    this.#current = { name, connection, hear: (text) => hear(text) };
    return this.#current;
  }

  #drop(): void {
    this.#current?.connection.dispose();
    this.#current = null;
    for (const end of this.#watches.values()) end();
    this.#watches.clear();
  }

  #serve(connection: MessageConnection): void {
    const { backend, acts } = this.#parts;
    connection.onRequest(ASK.ready, (): Begin => ({ page: this.#page, link: backend.state, notebook: this.#notebook() }));
    connection.onRequest(ASK.call, async ({ method, params }: { method: Method; params: never }) => {
      if (!READS.has(method)) throw new Error(`a page may not ask for ${method}`);
      try {
        return { answer: await backend.call(method, params) };
      } catch (error) {
        if (error instanceof CallError) return { problem: { code: error.code, sentence: error.sentence, hint: error.hint } };
        throw error;
      }
    });
    connection.onRequest(ASK.act, async ({ name, args }: { name: keyof Acts; args: readonly unknown[] }) => {
      if (!ACTS.has(name)) throw new Error(`a page may not ask to ${name}`);
      const act = acts[name] as (...given: readonly unknown[]) => unknown;
      return await act.apply(acts, [...args]) ?? null;
    });
    connection.onNotification(ASK.watch, (watch: Watch) => this.#watch(watch));
    connection.onNotification(ASK.retry, () => backend.retry());
  }

  #watch({ method, params, watched }: Watch): void {
    const key = JSON.stringify([method, params]);
    this.#watches.get(key)?.();
    this.#watches.delete(key);
    if (watched) this.#watches.set(key, this.#parts.backend.watch(method, params as never));
  }

  #notebook(): PageNotebook | null {
    const { current } = this.#parts.notebooks;
    return current === null || typeof current.place !== 'string' ? null : { path: current.place, name: current.name, text: current.text() };
  }
}
