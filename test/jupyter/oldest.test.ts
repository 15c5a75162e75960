// The oldest JupyterLab that the extension says it supports.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { load, openRun, run, tab } from '../helpers/lab-runs.ts';
import { cell, Lab, runCell, runPage, showNotebook, tagAsStep } from '../helpers/lab.ts';

const lab = new Lab({ version: 'oldest' });
beforeAll(() => lab.start());
afterAll(() => lab.end());

test('tag, run with a parameter, look, load', async () => {
  const page = await lab.open('one/old.ipynb', [['parameters', 'size = 3'], ['', 'sevens = [7] * size']]);
  await tagAsStep(page, 1, 'make');
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toBe('make · never run');
  await run(page, 1, { size: '2' });
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toMatch(/^make · done /);
  await openRun(page, 1);
  await runPage(page).locator('[data-step="make"]').waitFor();
  await tab(page, 'Artifacts');
  await load(page, 'sevens');
  await showNotebook(page, 'old.ipynb');
  expect(await runCell(page, 'print(sevens)')).toBe('[7, 7]');
  await page.close();
  expect(lab.errors.filter((error) => !/ResizeObserver/.test(error))).toEqual([]);
});
