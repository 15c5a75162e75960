// Parts of a flow, a stop, what a run would stumble over, and a page that loads.

import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badges, cell, choices, Code, command, dialog, focusCell, outputs, rowsOf, runCell, runsTree, setCode, showHeadwater, toast, unfold, webview } from '../helpers/code.ts';
import { listenForRuns } from '../helpers/webhook.ts';
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

test('cells for the end of a run: named as such before, run by how it ended, and the project is told', async () => {
  const page = await code.open('seven/closing.ipynb', [
    ['step:make', 'import os\nrows = [1, 2]\nif os.path.exists("fail"): raise ValueError("on purpose")'],
    ['step:tell on-success', 'print("done:", len(rows), "rows")'],
    ['step:warn on-failure', 'import headwater\nprint("failed:", headwater.current.failure)'],
  ]);
  const hook = await listenForRuns();
  code.write('seven/headwater.json', JSON.stringify({ notify: { webhook: hook.url, when: 'always' } }));
  await showHeadwater(page);
  await expect.poll(() => badges(page)).toEqual(['make · never run', 'tell ← make · on success · never run', 'warn ← make · on failure · never run']);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await unfold(runsTree(page), /^1Done/);
  await expect.poll(() => rowsOf(runsTree(page)).then((rows) => rows.slice(2))).toEqual([expect.stringMatching(/^makeDone/), expect.stringMatching(/^tellDone/), expect.stringMatching(/^warnSkipped/)]);
  code.write('seven/fail', '');
  await page.locator(RUN_FLOW).click();
  await ended(page, 2);
  await expect.poll(() => badges(page)).toEqual([expect.stringMatching(/^make · failed/), 'tell ← make · on success · skipped', expect.stringMatching(/^warn ← make · on failure · done/)]);
  await expect.poll(() => hook.texts).toEqual([expect.stringMatching(/^closing\/1 done after/), expect.stringMatching(/^closing\/2 failed after .*: make: ValueError: on purpose$/)]);
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

test('a part of a flow is run from the palette with another tab in front: the notebook last used is meant, and its cell; from the menu of a cell that cell', async () => {
  const page = await code.open('four/parts.ipynb', [['step:a', 'x = 1'], ['step:b', 'y = x + 1'], ['step:c', 'z = y + 1']]);
  await showHeadwater(page);
  await focusCell(page, 1);
  await expect.poll(() => badges(page)).toHaveLength(3);
  await command(page, 'Create: New File...');
  await choices(page).filter({ hasText: 'Text File' }).first().click();
  await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await command(page, 'Headwater: Run to Here');
  await ended(page, 1);
  await unfold(runsTree(page), /^1Done/);
  await expect.poll(() => rowsOf(runsTree(page))).toEqual(['parts', expect.stringMatching(/^1Done/), expect.stringMatching(/^aDone/), expect.stringMatching(/^bDone/)]);
  await page.locator('.tab', { hasText: 'parts.ipynb' }).click();
  await focusCell(page, 0);
  await cell(page, 2).hover();
  await cell(page, 2).locator('.run-button-container .dropdown-action-container .codicon-chevron-down').click();
  await page.locator('.context-view .action-label', { hasText: 'Run Only This Step' }).hover();
  await page.keyboard.press('Enter');
  await ended(page, 2);
  await unfold(runsTree(page), /^2Done/);
  await expect.poll(() => rowsOf(runsTree(page)).then((rows) => rows.slice(1, 5))).toEqual([expect.stringMatching(/^2Done/), expect.stringMatching(/^aReused/), expect.stringMatching(/^bReused/), expect.stringMatching(/^cDone/)]);
  await page.close();
});

test('without a notebook a command of the palette says so', async () => {
  mkdirSync(code.path('five'), { recursive: true });
  const page = await code.window(code.path('five'));
  await showHeadwater(page);
  for (const title of ['Run from Here', 'Tag Cell as Step…']) {
    await command(page, `Headwater: ${title}`);
    await toast(page, 'No notebook is open. Open the notebook of the flow first.').waitFor();
    await command(page, 'Notifications: Clear All Notifications');
  }
  await page.close();
});

test('while an environment is built for a run, the person is told', async () => {
  const page = await code.open('six/packages.ipynb', [['step:old pip:six==1.15.0', 'import six\nprint(six.__version__)']]);
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  const told = toast(page, /packages\.ipynb runs after this: building the environment of old: \d+ packages\./);
  await told.waitFor();
  await ended(page, 1);
  await told.waitFor({ state: 'detached' });
  await command(page, 'Headwater: Write Outputs of Last Run');
  await expect.poll(() => outputs(page)).toContain('1.15.0');
  await page.close();
});
