// The list of runs, kept up to date.

import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Params } from '@headwater/protocol';
import { CallError } from '../client/backend.ts';
import { useAsk, useEvent, useHost } from '../context.tsx';
import { EMPTY_LIST, reduceList, type ListState } from './list-state.ts';

export type Choice = Pick<Params<'runs'>, 'flow' | 'state' | 'filter'>;

/** More than a screen holds, and soon there; none so long that its arrival is felt while the list scrolls. */
const FIRST = 60;
const PAGE = 100;
/** Chips are asked for again while the service counts, and soon after something changed. */
const COUNTING_MS = 1000;

export interface Runs extends ListState {
  readonly problem: CallError | null;
  readonly asking: boolean;
  readonly more: () => void;
  readonly letIn: () => void;
}

/** `calm` says whether new rows may appear at once. */
export function useRuns(store: string | null, choice: Choice, calm: () => boolean): Runs {
  const { backend } = useHost();
  const [state, dispatch] = useReducer(reduceList, EMPTY_LIST);
  const [problem, setProblem] = useState<CallError | null>(null);
  const loading = useRef(false);
  const params = store === null ? null : { store, ...choice, after: null, limit: FIRST };
  const first = useAsk('runs', params);
  useEffect(() => {
    if (first.answer !== null) dispatch({ type: 'first', page: first.answer });
  }, [first.answer]);
  useEffect(() => (store === null ? undefined : backend.watch('watchRuns', { store })), [backend, store]);
  const counted = useAsk('runs', params === null ? null : { ...params, limit: 0 });
  const [stale, setStale] = useState(false);
  useEvent('runsChanged', (event) => {
    if (event.store !== store) return;
    dispatch({ type: 'changed', change: event, calm: calm(), flow: choice.flow });
    setStale(true);
  });
  const counting = counted.answer !== null && counted.answer.counts === null;
  const { again } = counted;
  useEffect(() => {
    if (!counting && !stale) return undefined;
    const timer = setTimeout(() => { setStale(false); again(); }, COUNTING_MS);
    return () => clearTimeout(timer);
  }, [counting, stale, counted.answer]);
  const more = useCallback(() => {
    if (params === null || state.next === null || loading.current) return;
    loading.current = true;
    backend.call('runs', { ...params, after: state.next, limit: PAGE }).then((page) => dispatch({ type: 'more', page }), (error: unknown) => setProblem(error instanceof CallError ? error : null)).finally(() => { loading.current = false; });
  }, [backend, state.next, JSON.stringify(params)]);
  return { ...state, page: counted.answer ?? state.page, problem: problem ?? first.problem, asking: first.asking, more, letIn: () => dispatch({ type: 'let-in' }) };
}
