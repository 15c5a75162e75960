// The host for every component, and hooks that ask the service.

import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Answer, Method, Notification, Notifications, Params } from '@headwater/protocol';
import { CallError, type LinkState } from './client/backend.ts';
import type { Host, OpenNotebook } from './host.ts';

const HostContext = createContext<Host | null>(null);
export const HostProvider = HostContext.Provider;

export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('a panel stands outside HostProvider');
  return host;
}

export function useLinkState(): LinkState {
  const { backend } = useHost();
  return useSyncExternalStore((changed) => backend.onState(changed), () => backend.state);
}

export interface Asked<T> {
  readonly answer: T | null;
  readonly problem: CallError | null;
  readonly asking: boolean;
  readonly again: () => void;
}

/** Asks when the parameters change, and again when the service comes back. Old answers stay until there is a new one. */
export function useAsk<M extends Method>(method: M, params: Params<M> | null): Asked<Answer<M>> {
  const { backend } = useHost();
  const link = useLinkState();
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<Omit<Asked<Answer<M>>, 'again'>>({ answer: null, problem: null, asking: params !== null });
  const key = params === null ? null : JSON.stringify(params);
  useEffect(() => {
    if (key === null || link.kind !== 'open') return undefined;
    let current = true;
    setState((before) => ({ ...before, asking: true }));
    backend.call(method, JSON.parse(key) as Params<M>).then(
      (answer) => { if (current) setState({ answer, problem: null, asking: false }); },
      (error: unknown) => { if (current) setState((before) => ({ ...before, problem: error instanceof CallError ? error : null, asking: false })); },
    );
    return () => { current = false; };
  }, [backend, method, key, link.kind, turn]);
  return { ...state, again: () => setTurn((before) => before + 1) };
}

export function useEvent<N extends Notification>(name: N, listener: (params: Notifications[N]) => void): void {
  const { backend } = useHost();
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => backend.on(name, (params) => newest.current(params)), [backend, name]);
}

/** The open notebook, seen again whenever it changes. */
export function useNotebook(): OpenNotebook | null {
  const host = useHost();
  const [, setTurn] = useState(0);
  useEffect(() => host.onNotebook(() => setTurn((before) => before + 1)), [host]);
  return host.notebook;
}

/** The time, once a second for all rows together, and not while nobody looks. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
