import type { RunPage, RunRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { EMPTY_LIST, reduceList, type ListEvent } from './list-state.ts';

const row = (number: number, status: RunRow['status'] = 'done', flow = 'churn'): RunRow => ({
  run: `${flow}/${number}`, flow, number, notebook: '', status, started: number, ended: null, by: '', parameters: {}, tags: [], resumes: null, count: { done: 0, failed: 0, total: 0 }, failed: null, inside: null,
});
const page = (numbers: number[], next: string | null = null): RunPage => ({ rows: numbers.map((number) => row(number)), next, total: 9, counts: null, flows: [], complaint: null });
const after = (...events: ListEvent[]) => events.reduce(reduceList, EMPTY_LIST);
const changed = (rows: RunRow[], calm: boolean, gone: string[] = []): ListEvent => ({ type: 'changed', change: { rows, gone }, calm, flow: 'churn' });
const numbers = (rows: readonly RunRow[]) => rows.map(({ number }) => number);

test('new runs wait while somebody points into the list, and are let in together', () => {
  const state = after({ type: 'first', page: page([3, 2]) }, changed([row(4)], false), changed([row(5)], true));
  expect([numbers(state.rows), numbers(state.waiting)]).toEqual([[3, 2], [5, 4]]);
  expect(numbers(reduceList(state, { type: 'let-in' }).rows)).toEqual([5, 4, 3, 2]);
});

test('a run that changes stays where it is; one of another flow and an old one do not appear', () => {
  const state = after({ type: 'first', page: page([3, 2]) }, changed([row(2, 'failed'), row(9, 'done', 'other'), row(1)], true));
  expect(state.rows.map(({ number, status }) => [number, status])).toEqual([[3, 'done'], [2, 'failed']]);
});

test('a page that overlaps what events brought gives no row twice; deleted runs go', () => {
  const state = after({ type: 'first', page: page([3, 2], 'x') }, { type: 'more', page: page([2, 1]) }, changed([], true, ['churn/2']));
  expect(numbers(state.rows)).toEqual([3, 1]);
});
