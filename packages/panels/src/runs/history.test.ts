import type { RunRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { historyOf, MOST_BARS, TALLEST } from './history.ts';

const run = (number: number, status: RunRow['status'], seconds: number | null) => ({ run: `churn/${String(number)}`, status, started: 1000, ended: seconds === null ? null : 1000 + seconds * 1000 });

test('a bar for each of the last runs, oldest first, as high as it lasted', () => {
  const history = historyOf([run(4, 'running', null), run(3, 'failed', 5), run(2, 'done', 10), run(1, 'done', 0)], 21_000);
  expect(history?.bars.map(({ run: name, status, height }) => [name, status, height])).toEqual([['churn/1', 'done', 3], ['churn/2', 'done', 10], ['churn/3', 'failed', 5], ['churn/4', 'running', TALLEST]]);
  expect(history?.says).toBe('Last 4 runs by duration: 2 done, 1 failed, 1 running');
  expect(history?.bars[2]?.says).toBe('churn/3 Failed 5.0 s');
});

test('the median is of those that came to their end', () => {
  expect(historyOf([run(5, 'failed', 90), run(3, 'done', 30), run(2, 'done', 10), run(1, 'done', 20)], 0)?.median).toBe('20 s');
  expect(historyOf([run(2, 'failed', 90), run(1, 'stopped', 1)], 0)?.median).toBeNull();
});

test('one run is no history, and more than fit are left out', () => {
  expect(historyOf([run(1, 'done', 1)], 0)).toBeNull();
  expect(historyOf(Array.from({ length: 50 }, (_, at) => run(50 - at, 'done', 1)), 0)?.bars).toHaveLength(MOST_BARS);
});
