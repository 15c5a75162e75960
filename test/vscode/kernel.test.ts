// The live kernel when it cannot do what is asked: busy, dead, without consent, without the Jupyter extension, in a workspace that is not trusted.

import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Code, command, dialog, outputs, press, runCell, runsTree, setCode, showHeadwater, toast, unfold } from '../helpers/code.ts';
import { ended, RUN_FLOW } from './flows.ts';

const CELLS = [['step:make', 'seven = 7'], ['', 'print("kernel")']] as const;

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

/** A run of one step, unfolded to its artifact. */
async function made(page: Page) {
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  return artifact(page);
}

async function artifact(page: Page) {
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^make/);
  return runsTree(page).locator('.monaco-list-row', { hasText: /^seven/ }).first();
}

async function kernel(page: Page, at = 1): Promise<void> {
  await runCell(page, at);
  await expect.poll(() => outputs(page)).toContain('kernel');
}

const loaded = (page: Page) => page.locator('.statusbar', { hasText: 'seven is in' });

test('no kernel, no consent, consent given later: each a sentence with a way on', async () => {
  const page = await code.open('one/value.ipynb', CELLS);
  const value = await made(page);
  await press(value, 'Load');
  const none = toast(page, 'value.ipynb has no running kernel. Start a Python kernel in value.ipynb to load into it: run any cell.');
  await none.locator('.monaco-button', { hasText: 'Insert load cell' }).click();
  await expect.poll(() => page.locator('.notebookOverlay .view-lines').allInnerTexts()).toContainEqual(expect.stringMatching(/import.headwater\s+seven.=.headwater\.load\("value\/1\/make\/seven"\)/));
  await kernel(page, 2);
  await press(value, 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Deny' }).click();
  await toast(page, 'VS Code keeps Headwater from this kernel. Allow it with "Jupyter: Manage Access To Jupyter Kernels".').waitFor();
  await command(page, 'Jupyter: Manage Access To Jupyter Kernels');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Headwater' }).locator('input[type=checkbox], .monaco-checkbox').first().click();
  await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  await press(value, 'Load');
  await loaded(page).waitFor();
  await page.close();
});

test('a busy kernel loads after its cell, and what waits can be taken out; a dead one is named', async () => {
  const page = await code.open('two/value.ipynb', CELLS);
  const value = await made(page);
  await kernel(page);
  await press(value, 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await loaded(page).waitFor();
  /** The kernel is at work when the cell has said so, and until it is told: however slow the machine is. */
  const startCell = async (name: string, rest: string) => {
    await setCode(page, 1, `import os, time; print("${name} began")\nwhile not os.path.exists(${JSON.stringify(code.path('two/go'))}): time.sleep(0.1)\n${rest}`);
    await runCell(page, 1);
    await expect.poll(() => outputs(page)).toContain(`${name} began`);
  };
  await startCell('first', 'del seven; print("over", "seven" in dir())');
  await press(value, 'Load');
  const waits = toast(page, 'The kernel of value.ipynb is running a cell. seven is loaded right after it.');
  await waits.locator('.monaco-button', { hasText: 'Cancel' }).click();
  code.write('two/go', '');
  // Taken out of the queue: the cell was not interrupted, and nothing came after it.
  await expect.poll(() => outputs(page)).toContain('over False');
  rmSync(code.path('two/go'));
  await startCell('second', 'print("second", "seven" in dir())');
  await press(value, 'Load');
  await waits.waitFor();
  code.write('two/go', '');
  await loaded(page).waitFor();
  expect(await outputs(page)).toContain('second False');
  await setCode(page, 1, 'import os; os._exit(1)');
  await runCell(page, 1);
  await expect.poll(() => outputs(page)).toContain('The Kernel crashed');
  await press(value, 'Load');
  await toast(page, /The kernel of value\.ipynb has died\. Restart it, then load again\./).waitFor();
  await page.close();
});
