// What panels need of the service, whoever carries the messages: a socket in JupyterLab, the extension host behind a webview in VS Code.

import type { Answer, Method, Notification, Notifications, Params, Problem, Welcome } from '@headwater/protocol';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly welcome: Welcome }
  /** Tries go on; `next` is when, in milliseconds since the epoch. `problem`: what keeps the service from starting, where that is known. */
  | { readonly kind: 'lost'; readonly since: number; readonly tries: number; readonly next: number; readonly problem: Problem | null }
  /** Trying again by itself would not help. */
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Backend {
  /** Rejects with a CallError. `signal`: the answer is not wanted any more. */
  call<M extends Method>(method: M, params: Params<M>, signal?: AbortSignal): Promise<Answer<M>>;
  /** Returns what ends it. */
  on<N extends Notification>(name: N, listener: (params: Notifications[N]) => void): () => void;
  /** Asks for `runChanged` or `runsChanged` from now on, through losses of the connection too. Returns what ends it. */
  watch<M extends 'watchRun' | 'watchRuns'>(method: M, params: Omit<Params<M>, 'watched'>): () => void;
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** Tries to connect now instead of at `next`. */
  retry(): void;
}

/** A request that was not answered: a person's mistake with a sentence, our own, or the service gone. */
export class CallError extends Error implements Problem {
  override readonly name = 'CallError';
  readonly code: string;
  readonly hint: string | null;

  constructor({ code, sentence, hint }: Problem) {
    super(sentence);
    this.code = code;
    this.hint = hint;
  }

  get sentence(): string {
    return this.message;
  }
}
