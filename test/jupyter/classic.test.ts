// Jupyter Notebook 7: the same extension around one notebook.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { load, openRun, run, tab } from '../helpers/lab-runs.ts';
import { cell, Lab, runCell, runPage, tagAsStep } from '../helpers/lab.ts';

const lab = new Lab({ program: 'notebook' });
beforeAll(() => lab.start());
afterAll(() => lab.end());

// The page of a run once had no place there, and all labels but the first were covered.
test('tag, run with a parameter, look, load', async () => {
  const page = await lab.open('one/classic.ipynb', [['parameters', 'size = 3'], ['', 'sevens = [7] * size']]);
  await tagAsStep(page, 1, 'make');
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toBe('make · never run');
  expect(await page.evaluate<string>("getComputedStyle(document.querySelector('[data-hw-state]'), '::before').content")).toBe('"make · never run"');
  await run(page, 1, { size: '2' });
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toMatch(/^make · done /);
  await openRun(page, 1);
  await runPage(page).locator('[data-step="make"]').waitFor();
  await page.screenshot({ path: '.cache/classic-run.png' });
  await tab(page, 'Artifacts');
  await load(page, 'sevens');
  expect(await runCell(page, 'print(sevens)')).toBe('[7, 7]');
  await page.close();
});
