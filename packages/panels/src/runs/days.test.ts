import { formatDate } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { daysOf } from './days.ts';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const rows = (...times: number[]) => times.map((started) => ({ started }));

test('today and yesterday have names, other days their date, each where it begins', () => {
  expect(daysOf(rows(at(30, 9), at(30, 0), at(29, 23), at(29, 1), at(12, 12), at(12, 11)), formatDate(at(30, 22)))).toEqual([
    { at: 0, title: 'Today' }, { at: 2, title: 'Yesterday' }, { at: 4, title: '2026-11-12' },
  ]);
});

test('what was started later stands where it stands in the list, under its own day', () => {
  expect(daysOf(rows(at(29, 1), at(30, 1), at(29, 2)), formatDate(at(30, 22))).map(({ title }) => title)).toEqual(['Yesterday', 'Today', 'Yesterday']);
  expect(daysOf([], '')).toEqual([]);
});
