import type { TaskRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { pageTasks } from './page-tasks.ts';

const row = (at: number): TaskRow => ({
  task: `fit[${at}]`, step: 'fit', items: [['n', String(at)]], iteration: null, status: at % 400 === 7 ? 'failed' : 'done', attempt: `fit[${at}].0`, attempts: 1, issued: 0, began: 0, executed: 1, ms: at % 10, peakBytes: at, happened: null,
});
const ROWS = Array.from({ length: 1200 }, (_, at) => row(at));

function readAll(choice: Omit<Parameters<typeof pageTasks>[1], 'after' | 'limit'>): string[] {
  const tasks: string[] = [];
  for (let after: string | null = null; ;) {
    const page = pageTasks(ROWS, { ...choice, after, limit: 200 });
    tasks.push(...page.rows.map(({ task }) => task));
    if (page.next === null) return tasks;
    after = page.next;
  }
}

test('pages hold every task once, failed ones first, longest first', () => {
  const all = () => true;
  expect(readAll({ sort: 'order', matches: all })).toEqual(ROWS.map(({ task }) => task));
  expect(readAll({ sort: 'failed', matches: all }).slice(0, 4)).toEqual(['fit[7]', 'fit[407]', 'fit[807]', 'fit[0]']);
  expect(readAll({ sort: 'took', matches: all }).slice(0, 2)).toEqual(['fit[9]', 'fit[19]']);
  expect(new Set(readAll({ sort: 'memory', matches: all })).size).toBe(1200);
});

test('a filter says how many it leaves, and a page that nobody gave out begins at the first', () => {
  const page = pageTasks(ROWS, { sort: 'order', matches: ({ status }) => status === 'failed', after: 'nonsense', limit: 2 });
  expect([page.rows.map(({ task }) => task), page.matching, page.total, page.next]).toEqual([['fit[7]', 'fit[407]'], 3, 1200, '0 407']);
});
