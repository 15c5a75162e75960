import { expect, test } from 'vitest';
import type { RunRow } from '@headwater/protocol';
import { headlineOf, measurable } from './metrics.ts';

test('the headline of a run is what it logged first, with the digits that count', () => {
  expect([headlineOf({ auc: 0.912345678, loss: 3 }), headlineOf({ rows: 1200 }), headlineOf({}), headlineOf(undefined)]).toEqual(['auc 0.912346', 'rows 1200', '', '']);
});

test('a run that still logs is asked about when it has ended', () => {
  const row = (run: string, status: RunRow['status']) => ({ run, status }) as RunRow;
  expect(measurable([row('a/3', 'running'), row('a/2', 'failed'), row('a/1', 'done')])).toEqual(['a/2', 'a/1']);
});
