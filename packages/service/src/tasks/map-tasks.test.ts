import type { TaskRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { mapTasks } from './map-tasks.ts';

const rows = (n: number): TaskRow[] => Array.from({ length: n }, (_, at) => ({
  task: `fit[${at}]`, step: 'fit', items: [['n', String(at)]], iteration: null, status: at === 1001 ? 'failed' : 'done', attempt: null, attempts: 1, issued: 0, began: 0, executed: 1, ms: 1, peakBytes: null, happened: null,
}));

test('a square each, or a square for a range in which the worst wins', () => {
  expect(mapTasks(rows(2), { expected: 2, over: true }).squares).toEqual([
    { task: 'fit[0]', last: null, tasks: 1, status: 'done', failed: 0, label: 'n=0' }, { task: 'fit[1]', last: null, tasks: 1, status: 'done', failed: 0, label: 'n=1' },
  ]);
  const wide = mapTasks(rows(1200), { expected: 1200, over: true });
  expect([wide.total, wide.squares.length]).toEqual([1200, 400]);
  expect(wide.squares.filter(({ status }) => status === 'failed')).toEqual([{ task: 'fit[999]', last: 'fit[1001]', tasks: 3, status: 'failed', failed: 1, label: 'n=999' }]);
  expect(mapTasks(rows(100_000), { expected: 100_000, over: true }).squares.length).toBe(400);
});

test('tasks still to come are squares without a name', () => {
  expect(mapTasks(rows(1), { expected: 3, over: false }).squares.map(({ task, status }) => [task, status])).toEqual([['fit[0]', 'done'], ['', 'waiting'], ['', 'waiting']]);
});
