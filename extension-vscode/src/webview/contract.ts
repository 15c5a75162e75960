// Between the extension host and a page: JSON-RPC over messages, a text each. A page is a client that is not trusted: what it asks is checked where it comes in.

import type { Host, LinkState, PageArgs } from '@headwater/panels';
import type { Method, Notification } from '@headwater/protocol';

export interface PageNotebook {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** A page that is shown again is another client: its numbers of requests begin anew. */
export interface Frame {
  readonly session: string;
  readonly text: string;
}

export const isFrame = (value: unknown): value is Frame => typeof value === 'object' && value !== null && 'session' in value && 'text' in value && typeof value.session === 'string' && typeof value.text === 'string';

/** Requests of the page. */
export const ASK = {
  /** The page is there: answered with what it shows. */
  ready: 'ready',
  /** A method of the service. */
  call: 'call',
  watch: 'watch',
  retry: 'retry',
  /** What the editor does: names and parameters of `Acts`. */
  act: 'act',
} as const;

/** What the host tells. */
export const TELL = { page: 'page', link: 'link', notebook: 'notebook', event: 'event' } as const;

export interface Begin {
  readonly page: PageArgs;
  readonly link: LinkState;
  readonly notebook: PageNotebook | null;
}

/** What a page asks the editor to do, by name: all that a panel's host does but reading. */
export type Acts = Required<Omit<Host, 'kind' | 'backend' | 'notebook' | 'onNotebook'>>;

export const ACTS: ReadonlySet<keyof Acts> = new Set<keyof Acts>([
  'openRun', 'openRunsTable', 'openCompare', 'openTable', 'openExecuted', 'goToCell', 'runFlow', 'resume', 'stop', 'load', 'insertLoadCell', 'insertInstallCell', 'loadRun', 'restoreStep', 'writeOutputs', 'tagActiveCell', 'openExample', 'copy', 'copySupport', 'openReport', 'saveFile',
]);

/** Methods of the service that a page needs; starting and stopping go through `act`. */
export const READS: ReadonlySet<Method> = new Set<Method>(['store', 'runs', 'run', 'task', 'tasks', 'taskMap', 'metrics', 'report', 'logs', 'searchLogs', 'artifacts', 'preview', 'table', 'diff', 'compare']);

export interface Event {
  readonly name: Notification;
  readonly params: unknown;
}

export interface Watch {
  readonly method: 'watchRun' | 'watchRuns';
  readonly params: unknown;
  readonly watched: boolean;
}
