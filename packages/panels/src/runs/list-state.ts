// The rows of a list of runs as pages and events come in. Pure. What is on screen never moves under the hand: new runs wait until they are let in.

import type { Notifications, RunPage, RunRow } from '@headwater/protocol';

export interface ListState {
  readonly rows: readonly RunRow[];
  /** New runs that wait behind "2 new runs". */
  readonly waiting: readonly RunRow[];
  readonly next: string | null;
  readonly page: RunPage | null;
}

export const EMPTY_LIST: ListState = { rows: [], waiting: [], next: null, page: null };

export type ListEvent =
  | { readonly type: 'first'; readonly page: RunPage }
  | { readonly type: 'more'; readonly page: RunPage }
  /** `calm`: the list is at its top and nobody points into it, so that new rows may appear at once. */
  | { readonly type: 'changed'; readonly change: Pick<Notifications['runsChanged'], 'rows' | 'gone'>; readonly calm: boolean; readonly flow: string | null }
  | { readonly type: 'let-in' };

export function reduceList(state: ListState, event: ListEvent): ListState {
  switch (event.type) {
    case 'first':
      return { rows: event.page.rows, waiting: [], next: event.page.next, page: event.page };
    case 'more': {
      const known = new Set(state.rows.map((row) => row.run));
      return { ...state, rows: [...state.rows, ...event.page.rows.filter((row) => !known.has(row.run))], next: event.page.next, page: event.page };
    }
    case 'let-in':
      return { ...state, rows: [...state.waiting, ...state.rows], waiting: [] };
    case 'changed':
      return change(state, event);
  }
}

function change(state: ListState, { change: { rows, gone }, calm, flow }: Extract<ListEvent, { type: 'changed' }>): ListState {
  const now = new Map(rows.map((row) => [row.run, row]));
  const keep = (list: readonly RunRow[]) => list.filter((row) => !gone.includes(row.run)).map((row) => now.get(row.run) ?? row);
  const known = new Set([...state.rows, ...state.waiting].map((row) => row.run));
  const newest = state.rows[0]?.started ?? 0;
  const fresh = rows.filter((row) => !known.has(row.run) && row.started >= newest && (flow === null || row.flow === flow)).sort((a, b) => b.started - a.started);
  const [shown, waiting] = [keep(state.rows), keep(state.waiting)];
  return calm && waiting.length === 0 ? { ...state, rows: [...fresh, ...shown], waiting } : { ...state, rows: shown, waiting: [...fresh, ...waiting] };
}
