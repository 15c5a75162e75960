import type { RunRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { differing, metricNames, orderRows } from './order-rows.ts';

const row = (number: number, parameters: Record<string, string>): RunRow => ({
  run: `f/${number}`, flow: 'f', number, notebook: '', status: 'done', started: 0, ended: number, by: '', parameters, tags: [], resumes: null, count: { done: 1, failed: 0, total: 1 }, failed: null, inside: null,
});
const ROWS = [row(3, { lr: '0.1', kind: "'b'" }), row(2, { lr: '0.01', kind: "'b'" }), row(1, {})];
const METRICS = new Map([['f/3', { loss: 0.5 }], ['f/2', { loss: 0.25, acc: 1 }]]);

test('only columns that differ, and rows by a metric or a parameter with the empty ones last', () => {
  expect([differing(ROWS), differing(ROWS.slice(0, 2)), metricNames(METRICS.values())]).toEqual([['lr', 'kind'], ['lr'], ['loss', 'acc']]);
  const numbers = (by: 'metric' | 'parameter' | 'took', name: string, descending: boolean) => orderRows(ROWS, { by, name, descending }, METRICS).map(({ number }) => number);
  expect(numbers('metric', 'loss', false)).toEqual([2, 3, 1]);
  expect(numbers('metric', 'loss', true)).toEqual([3, 2, 1]);
  expect(numbers('parameter', 'lr', false)).toEqual([2, 3, 1]);
  expect(numbers('took', '', false)).toEqual([1, 2, 3]);
});
