import { expect, test } from 'vitest';
import { rowAt, sectionOf, TITLE, topOf } from './sections.ts';

const sections = [{ at: 0, title: 'Today' }, { at: 2, title: 'Yesterday' }, { at: 3, title: '2026-11-01' }];

test('rows stand below the titles of their sections, but for the first, which stands above the list', () => {
  expect([0, 1, 2, 3, 4].map((row) => topOf(sections, 48, row))).toEqual([0, 48, 96 + TITLE, 144 + 2 * TITLE, 192 + 2 * TITLE]);
  expect([0, 1, 2, 3, 9].map((row) => sectionOf(sections, row)?.title)).toEqual(['Today', 'Today', 'Yesterday', '2026-11-01', '2026-11-01']);
});

test('every height is that of a row, and of the one where it stands', () => {
  for (let row = 0; row < 9; row += 1) {
    const top = topOf(sections, 48, row);
    expect([rowAt(sections, 48, top), rowAt(sections, 48, top + 47)]).toEqual([row, row]);
  }
  expect(rowAt(sections, 48, 96)).toBe(2);
  expect(rowAt([], 48, 100)).toBe(2);
});
