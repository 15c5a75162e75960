// Parts of a flow, a stop, what a run would stumble over, and a page that loads.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { badges, Code, command, dialog, focusCell, outputs, rowsOf, runCell, runsTree, setCode, showHeadwater, toast, unfold, webview } from '../helpers/code.ts';
import { ended, RUN_FLOW, runRow } from './flows.ts';

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

test('up to a cell, from a cell, only one; a run is stopped and resumed', async () => {
  const page = await code.open('one/parts.ipynb', [['step:a', 'x = 1'], ['step:b', 'import time\ntime.sleep(0.5)\ny = x + 1'], ['step:c', 'z = y + 1\nprint(z)']]);
  await showHeadwater(page);
  await focusCell(page, 1);
  await command(page, 'Headwater: Run to Here');
  await ended(page, 1);
  await unfold(runsTree(page), /^1Done/);
  await expect.poll(() => rowsOf(runsTree(page))).toEqual(['parts', expect.stringMatching(/^1Done/), expect.stringMatching(/^aDone/), expect.stringMatching(/^bDone/)]);
  await focusCell(page, 2);
  await command(page, 'Headwater: Run from Here');
  await ended(page, 2);
  await expect.poll(() => badges(page)).toEqual([expect.stringMatching(/^a · reused/), expect.stringMatching(/^b ← a · reused/), expect.stringMatching(/^c ← b · done/)]);
  await focusCell(page, 1);
  await command(page, 'Headwater: Run Only This Step');
  await ended(page, 3);
  await unfold(runsTree(page), /^3Done/);
  await expect.poll(() => rowsOf(runsTree(page)).then((rows) => rows.slice(1, 4))).toEqual([expect.stringMatching(/^3Done/), expect.stringMatching(/^aReused/), expect.stringMatching(/^bDone/)]);
  await setCode(page, 1, 'import time\ntime.sleep(60)\ny = x + 1');
  await command(page, 'Headwater: Run Flow');
  await page.locator('.statusbar', { hasText: 'parts/4 · 1 of 3 steps' }).waitFor();
  await command(page, 'Headwater: Stop Run');
  await ended(page, 4);
  expect(await runRow(page, 4).textContent()).toMatch(/^4Stopped/);
  await setCode(page, 1, 'y = x + 1');
  await command(page, 'Headwater: Resume Last Run');
  await ended(page, 5);
  await expect.poll(() => badges(page)).toEqual([expect.stringMatching(/^a · reused/), expect.stringMatching(/^b ← a · done/), expect.stringMatching(/^c ← b · done/)]);
  await page.close();
});

test('what a run would stumble over stands in Problems, refuses the run by a sentence, and is fixed by a quick fix', async () => {
  const page = await code.open('two/wrong.ipynb', [['step:load', 'x = 1'], ['step:after prev:laod', 'y = 2']]);
  await showHeadwater(page);
  await expect.poll(() => page.locator('.statusbar [id="status.problems"]').textContent()).toMatch(/^\s*1/);
  await page.locator(RUN_FLOW).click();
  await toast(page, 'laod').locator('.monaco-button', { hasText: 'Go to cell' }).click();
  await focusCell(page, 1);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Change to `prev:load`' }).first().click();
  await expect.poll(() => badges(page)).toEqual(['load · never run', 'after ← load · never run']);
  await expect.poll(() => page.locator('.statusbar [id="status.problems"]').textContent()).toMatch(/^\s*0/);
  await page.close();
});

test('an artifact is loaded from the page of its run', async () => {
  const page = await code.open('three/page.ipynb', [['step:a', 'import pandas as pd\nframe = pd.DataFrame({"x": range(1000)})'], ['', 'print("kernel")']]);
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await runCell(page, 1);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await toast(page, 'page/1 is done').locator('.monaco-button', { hasText: 'Open run' }).click();
  const shown = await webview(page, '.hw-runpage');
  await shown.getByRole('tab', { name: 'Artifacts' }).click();
  const row = shown.getByRole('row', { name: /^frame / });
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await row.getByText('Loaded as frame').waitFor();
  await page.close();
});
