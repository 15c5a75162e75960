// A mistake of our own in a panel. The page once went blank: React takes away what it could not draw, and nothing stood in its place.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended } from '../helpers/lab-runs.ts';
import { Lab, runPage, runsPanel } from '../helpers/lab.ts';
import { MEND_RUNS, TEAR_RUNS, TRACE } from '../helpers/torn-answers.ts';

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

test('a page that cannot be drawn says so, what else is shown stays, and it is drawn when it can be', async () => {
  const page = await lab.open('one/torn.ipynb', [['step:make', 'seven = 7']]);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await ended(page, 1);
  await page.evaluate(TEAR_RUNS);
  await runsPanel(page).locator('.hw-row').first().click();
  const said = page.getByRole('alert').filter({ hasText: 'Headwater could not draw this.' });
  await expect.poll(() => said.innerText()).toMatch(/^Headwater could not draw this\. The mistake is ours\. Your notebook and your runs are as they were\.\s+Retry now\s+Copy support bundle$/);
  await runsPanel(page).locator('.hw-row').first().waitFor();
  await page.screenshot({ path: '.cache/lab-fault.png' });
  await said.getByRole('button', { name: 'Copy support bundle' }).click();
  await page.locator('.Toastify__toast', { hasText: 'Copied: versions and the log of the service' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(TRACE);
  await page.evaluate(MEND_RUNS);
  await said.getByRole('button', { name: 'Retry now' }).click();
  await runPage(page).locator('[data-step="make"]').waitFor();
  await page.close();
});
