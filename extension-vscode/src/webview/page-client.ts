// A page's side of the contract: the service behind the extension host, and the editor as the panels' host.

import type { MessageConnection } from 'vscode-jsonrpc';
import { CallError, Listeners, type Backend, type Host, type LinkState, type OpenNotebook } from '@headwater/panels';
import type { Answer, Method, Notification, Notifications, Params, Problem } from '@headwater/protocol';
import { ASK, TELL, type Acts, type Begin, type Event, type PageNotebook } from './contract.ts';

class PageBackend implements Backend {
  readonly #connection: MessageConnection;
  readonly #states = new Listeners<LinkState>();
  readonly #events = new Listeners<Event>();
  state: LinkState;

  constructor(connection: MessageConnection, state: LinkState) {
    this.#connection = connection;
    this.state = state;
    connection.onNotification(TELL.link, (next: LinkState) => {
      this.state = next;
      this.#states.tell(next);
    });
    connection.onNotification(TELL.event, (event: Event) => this.#events.tell(event));
  }

  async call<M extends Method>(method: M, params: Params<M>): Promise<Answer<M>> {
    const reply = await this.#connection.sendRequest<{ answer: Answer<M> } | { problem: Problem }>(ASK.call, { method, params });
    if ('problem' in reply) throw new CallError(reply.problem);
    return reply.answer;
  }

  on<N extends Notification>(name: N, listener: (params: Notifications[N]) => void): () => void {
    return this.#events.add((event) => { if (event.name === name) listener(event.params as Notifications[N]); });
  }

  watch<M extends 'watchRun' | 'watchRuns'>(method: M, params: Omit<Params<M>, 'watched'>): () => void {
    void this.#connection.sendNotification(ASK.watch, { method, params, watched: true });
    return () => void this.#connection.sendNotification(ASK.watch, { method, params, watched: false });
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
  }

  retry(): void {
    void this.#connection.sendNotification(ASK.retry);
  }
}

export function makeHost(connection: MessageConnection, begin: Begin): Host {
  const act = <R>(name: keyof Acts, ...args: readonly unknown[]): Promise<R> => connection.sendRequest<R>(ASK.act, { name, args });
  const tell = (name: keyof Acts) => (...args: readonly unknown[]) => void act(name, ...args);
  const notebooks = new Listeners();
  let notebook = toNotebook(begin.notebook);
  connection.onNotification(TELL.notebook, (next: PageNotebook | null) => {
    notebook = toNotebook(next);
    notebooks.tell();
  });
  return {
    kind: 'vscode',
    backend: new PageBackend(connection, begin.link),
    get notebook() { return notebook; },
    onNotebook: (listener) => notebooks.add(listener),
    openRun: tell('openRun'), openRunsTable: tell('openRunsTable'), openCompare: tell('openCompare'), openTable: tell('openTable'), openExecuted: tell('openExecuted'),
    goToCell: tell('goToCell'), runFlow: tell('runFlow'), resume: tell('resume'), stop: tell('stop'), insertLoadCell: tell('insertLoadCell'), insertInstallCell: tell('insertInstallCell'), writeOutputs: tell('writeOutputs'),
    tagActiveCell: tell('tagActiveCell'), openExample: tell('openExample'), copy: tell('copy'), copySupport: tell('copySupport'), openReport: tell('openReport'), saveFile: tell('saveFile'),
    load: (...args) => act('load', ...args), loadRun: (...args) => act('loadRun', ...args), restoreStep: (...args) => act('restoreStep', ...args),
  };
}

function toNotebook(given: PageNotebook | null): OpenNotebook | null {
  return given === null ? null : { path: given.path, name: given.name, text: () => given.text };
}
