// The viewer of a stored frame that is larger than a page, leafed through, sorted and filtered by a person, the same in both editors.

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** The frame's 120 rows are `day`, from 0, and `t`, twice that and a half. */
export async function leafThrough(view: Locator): Promise<void> {
  const press = (name: string) => view.getByRole('button', { name }).click();
  /** Which rows it says it shows, the first of them, and how many there are. */
  const shows = (words: string, first: string, rows: number) => expect.poll(async () => [
    await view.locator('[role="status"] > span').first().innerText(), await view.locator('tbody tr').first().innerText(), await view.locator('tbody tr').count(),
  ]).toEqual([words, first, rows]);
  await shows('1 to 50 of 120 rows', '0\t0\t0.5', 50);
  await press('Next');
  await shows('51 to 100 of 120 rows', '50\t50\t100.5', 50);
  await press('Next');
  await shows('101 to 120 of 120 rows', '100\t100\t200.5', 20);
  await press('Previous');
  await shows('51 to 100 of 120 rows', '50\t50\t100.5', 50);
  // From the first page again, all rows sorted and not only those in sight.
  await press('day');
  await shows('1 to 50 of 120 rows', '0\t0\t0.5', 50);
  await press('day');
  await shows('1 to 50 of 120 rows', '119\t119\t238.5', 50);
  expect(await view.getByRole('columnheader', { name: 'day' }).getAttribute('aria-sort')).toBe('descending');
  await press('Next');
  await view.getByRole('textbox', { name: 'Filter rows' }).fill('23');
  await shows('1 to 6 of 6 rows (120 in all)', '119\t119\t238.5', 6);
}
