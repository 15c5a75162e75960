import type { TaskRow } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { parseTaskFilter } from './find-tasks.ts';

const row = (task: string, items: TaskRow['items'], more: Partial<TaskRow> = {}): TaskRow => ({
  task, step: 'fit', items, iteration: null, status: 'done', attempt: `${task}.0`, attempts: 1, issued: 0, began: 0, executed: 1, ms: 1, peakBytes: null, happened: null, ...more,
});
const ROWS = [
  row('fit[0]', [['lr', '0.1']]), row('fit[1]', [['lr', '0.01']], { status: 'failed', happened: 'ValueError: too small' }), row('fit[2]', [['lr', '1']]),
  row('fit[10,3]', [['region', "'DE-BY'"], ['lr', '0.1']]), row('fit[11,4]', [['region', "'FR-75'"], ['lr', '0.1']]), row('loop@7', [], { iteration: 7 }),
];
const found = (text: string) => ROWS.filter(parseTaskFilter(text)).map(({ task }) => task);

test.each([
  ['', ROWS.map(({ task }) => task)],
  ['lr=0.1', ['fit[0]', 'fit[10,3]', 'fit[11,4]']],
  ['fit[lr=0.1]', ['fit[0]', 'fit[10,3]', 'fit[11,4]']],
  ['region=DE-*', ['fit[10,3]']],
  ['region=DE-BY, lr=0.1', ['fit[10,3]']],
  ['failed', ['fit[1]']],
  ['done lr=0.1', ['fit[0]', 'fit[10,3]', 'fit[11,4]']],
  ['1', ['fit[1]', 'fit[2]']],
  ['[2..3]', ['fit[2]', 'fit[10,3]']],
  ['7', ['loop@7']],
  ['too small', ['fit[1]']],
  ['lr=0.?', []],
])('%s', (text, tasks) => {
  expect(found(text)).toEqual(tasks);
});
