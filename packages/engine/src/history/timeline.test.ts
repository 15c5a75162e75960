import type { Event } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

const issued = (task: string, attempt: number, t: number) => ({ n: 0, t, type: 'task-issued', id: `${task}.${attempt}`, step: 'fit', task, attempt, turn: false, everything: false, inside: null, replays: null, caught: null, sought: false }) as Event;
const event = (type: string, id: string, t: number, more: object = {}) => ({ n: 0, t, type, id, ...more }) as unknown as Event;

test('attempts stand under their own task, and say why they were tried again', () => {
  const timeline = new Timeline();
  const failure = { type: 'OSError', message: 'gone\nfor good', traceback: '', cell: 1, line: 1 };
  for (const each of [
    issued('fit[0]', 0, 10), event('task-began', 'fit[0].0', 12), issued('fit[1]', 0, 13),
    event('task-retried', 'fit[0].0', 20, { failure, wait: 1500 }), issued('fit[0]', 1, 30), event('task-committed', 'fit[0].1', 40), event('task-caught', 'fit[1].0', 41),
  ]) timeline.add(each);
  expect(timeline.of('fit[0]').map(({ id, status, sentence }) => [id, status, sentence])).toEqual([['fit[0].0', 'failed', 'OSError: gone; tried again after 1.5 s'], ['fit[0].1', 'done', null]]);
  expect([timeline.attempt('fit[1].0')?.status, timeline.of('fit')]).toEqual(['caught', []]);
});

test('an attempt that found no earlier result counts from when it is issued to run', () => {
  const timeline = new Timeline();
  for (const each of [issued('fit', 0, 10), event('task-missed', 'fit.0', 11), issued('fit', 0, 30), event('task-began', 'fit.0', 31)]) timeline.add(each);
  expect(timeline.of('fit').map(({ id, status, issued: at, began }) => [id, status, at, began])).toEqual([['fit.0', 'running', 30, 31]]);
});
