// From an open notebook to a loaded artifact by the keyboard alone: nothing here is clicked.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended } from '../helpers/lab-runs.ts';
import { cell, command, Lab, runPage, runsPanel } from '../helpers/lab.ts';

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

/** Goes on with Tab until the focus is on what these words name. */
async function tabTo(page: Page, words: RegExp): Promise<void> {
  for (let at = 0; at < 20; at += 1) {
    const focused = await page.evaluate<string>('[document.activeElement?.getAttribute("aria-label"), document.activeElement?.textContent, document.activeElement?.closest("tr")?.textContent].join(" ")');
    if (words.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${String(words)}`);
}

test('a cell is tagged, the flow run with a parameter, its run opened, an artifact loaded and used', async () => {
  const page = await lab.open('one/keys.ipynb', [['parameters', 'size = 3'], ['', 'sevens = [7] * size']]);
  await command(page, 'Enter Command Mode');
  await page.locator('.jp-Notebook:focus-within').waitFor();
  await page.keyboard.press('ArrowDown');
  await command(page, 'Tag Cell…');
  await page.locator('.lm-Menu-item', { hasText: 'Step…' }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.lm-Menu-item.lm-mod-active', { hasText: 'Step…' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.jp-Dialog input:focus').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('make');
  await page.keyboard.press('Enter');
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toBe('make · never run');
  await command(page, 'Run Flow');
  await page.locator('#hw-parameter-size:focus').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('2');
  await page.keyboard.press('Enter');
  await ended(page, 1);
  await command(page, 'Show Runs');
  await runsPanel(page).locator('.hw-row:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.hw-runpage:visible [role="tabpanel"]:focus').waitFor();
  for (const name of ['Environment', 'Code', 'Artifacts']) {
    await page.keyboard.press('[');
    await runPage(page).getByRole('tab', { name, selected: true }).waitFor();
  }
  await runPage(page).getByRole('row', { name: /^sevens / }).waitFor();
  await tabTo(page, /^\W*Load\s+sevens/);
  await page.keyboard.press('Enter');
  await runPage(page).getByText('Loaded as sevens').waitFor();
  // The button goes through its words with the focus on it.
  await runPage(page).locator('button:focus', { hasText: 'Load again' }).waitFor();
  await page.keyboard.press('Control+Shift+[');
  await page.locator('.jp-Notebook:visible').waitFor();
  await command(page, 'Enter Command Mode');
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await page.locator('.jp-Notebook:visible .jp-Cell:nth-child(3) .cm-content:focus').waitFor();
  await page.keyboard.insertText('print(sevens)');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => cell(page, 2).locator('.jp-OutputArea-output').allInnerTexts()).toEqual([expect.stringContaining('[7, 7]')]);
  await page.close();
});
