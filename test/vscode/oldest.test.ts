// The oldest VS Code that the extension says it supports, whose own Node is too old for the engine.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, badges, Code, command, dialog, focusCell, outputs, press, runCell, runsTree, showHeadwater, unfold, webview } from '../helpers/code.ts';
import { ended, RUN_FLOW, runRow } from './flows.ts';

const code = new Code({ version: 'oldest' });
beforeAll(() => code.start());
afterAll(() => code.end());

test('tag, run, look, load', async () => {
  const page = await code.open('one/old.ipynb', [['', 'seven = 7'], ['', 'print("kernel")']]);
  await showHeadwater(page);
  await focusCell(page, 0);
  await command(page, 'Headwater: Tag Cell as Step…');
  await answer(page, 'make');
  await expect.poll(() => badges(page)).toEqual(['make · never run']);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await runCell(page, 1);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await runRow(page, 1).click();
  await webview(page, '.hw-runpage [data-step="make"]');
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^make/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^seven/ }).first(), 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await page.locator('.statusbar', { hasText: 'seven is in old.ipynb: int' }).waitFor();
  await page.close();
});
