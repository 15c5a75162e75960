// From an open folder to a loaded artifact by the keyboard alone: nothing here is clicked.

import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badges, cell, choices, Code, outputs, runsTree, webview } from '../helpers/code.ts';
import { notebookText } from '../helpers/notebook.ts';
import { ended } from './flows.ts';

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

/** Opened by `keys`, typed into until the first of what it offers is meant. */
async function choose(page: Page, { keys, typed, meant }: { readonly keys: string | null; readonly typed: string; readonly meant: string }): Promise<void> {
  if (keys !== null) await page.keyboard.press(keys);
  await page.locator('.quick-input-widget input:focus').first().waitFor();
  await page.keyboard.insertText(typed);
  // What was typed is marked in it: before that the list is still the one for nothing.
  await page.locator('.quick-input-list .monaco-list-row.focused:has(.highlight)', { hasText: meant }).waitFor();
  await page.keyboard.press('Enter');
}

const command = (page: Page, title: string) => choose(page, { keys: 'F1', typed: title, meant: title });

async function lastCell(page: Page): Promise<void> {
  await command(page, 'Notebook: Focus Last Cell');
  await page.locator('.notebookOverlay .cell-list-container .monaco-list:focus-within .monaco-list-row.focused[data-last-element="true"]').waitFor();
}

async function type(page: Page, title: string, text: string): Promise<void> {
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

/** A page that is opened to stay has the focus, and inside it what hears its keys. */
const hasFocus = (shown: Frame) => expect.poll(() => shown.evaluate<boolean>('document.hasFocus() && document.activeElement.closest("[role=tabpanel]") !== null')).toBe(true);

/** Goes on with Tab until the focus is on what these words name. */
async function tabTo(page: Page, shown: Frame, words: RegExp): Promise<void> {
  for (let at = 0; at < 30; at += 1) {
    if (words.test(await shown.evaluate<string>('[document.activeElement?.getAttribute("aria-label"), document.activeElement?.textContent, document.activeElement?.closest("tr")?.textContent].join(" ")'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${String(words)}`);
}

test('a cell is tagged, the flow run with a parameter, watched, its run opened, an artifact loaded and used', async () => {
  code.write('one/keys.ipynb', notebookText([['parameters', 'size = 3'], ['', 'sevens = [7] * size'], ['', 'print("kernel")']]));
  const page = await code.window(code.path('one'));
  await choose(page, { keys: 'Control+P', typed: 'keys.ipynb', meant: 'keys.ipynb' });
  await page.locator('.notebookOverlay .cell-list-container .monaco-list-row').first().waitFor();
  await expect.poll(() => badges(page)).toEqual(['parameters  size', 'Tag as step', 'Tag as step']);
  await lastCell(page);
  await page.keyboard.press('ArrowUp');
  await cell(page, 1).and(page.locator('.focused')).waitFor();
  await command(page, 'Headwater: Tag Cell as Step…');
  await type(page, 'The cell belongs to step', 'make');
  await expect.poll(() => badges(page)).toEqual(['parameters  size', 'make · never run']);
  // Loading needs a kernel that has run a cell.
  await lastCell(page);
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => outputs(page)).toContain('kernel');
  await command(page, 'Headwater: Show Runs');
  // The view takes the focus when it is there, from a palette too.
  await runsTree(page).locator(':focus').first().waitFor();
  await command(page, 'Headwater: Run Flow');
  await page.locator('.quick-input-title', { hasText: 'Run flow' }).waitFor();
  await choose(page, { keys: null, typed: 'size', meant: 'size' });
  await type(page, 'size', '2');
  await choices(page).filter({ hasText: '-p size=2' }).waitFor();
  await page.keyboard.press('Enter');
  await ended(page, 1);
  await command(page, 'Headwater: Show Runs');
  await runsTree(page).locator('.monaco-list:focus-within').waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const shown = await webview(page, '.hw-runpage h1');
  expect(await shown.locator('h1').innerText()).toBe('keys/1');
  await command(page, 'Headwater: Open Last Run');
  await hasFocus(shown);
  await page.screenshot({ path: '.cache/code-keys.png' });
  for (const name of ['Environment', 'Code', 'Artifacts']) {
    await page.keyboard.press('[');
    await shown.getByRole('tab', { name, selected: true }).waitFor();
  }
  await shown.getByRole('row', { name: /^sevens / }).waitFor();
  await tabTo(page, shown, /^\W*Load\s+sevens/);
  await page.keyboard.press('Enter');
  await page.locator('.monaco-dialog-box .monaco-button:focus', { hasText: 'Allow' }).waitFor();
  await page.keyboard.press('Enter');
  await shown.getByText('Loaded as sevens').waitFor();
  // The question gives the focus back.
  await hasFocus(shown);
  await expect.poll(() => shown.evaluate<string>('document.activeElement?.textContent')).toContain('Load again');
  await choose(page, { keys: 'Control+P', typed: 'keys.ipynb', meant: 'keys.ipynb' });
  await page.locator('.tab.active', { hasText: 'keys.ipynb' }).waitFor();
  await page.locator('.notebookOverlay .cell-list-container .monaco-list:focus-within').waitFor();
  await lastCell(page);
  await command(page, 'Notebook: Insert Code Cell Below');
  await page.locator('.notebookOverlay .monaco-editor.focused').waitFor();
  await page.keyboard.insertText('print(sevens)');
  // Out of what is proposed, however late that comes, and out of the text.
  await expect.poll(async () => {
    await page.keyboard.press('Escape');
    return page.locator('.notebookOverlay .monaco-editor.focused').count();
  }).toBe(0);
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => outputs(page)).toContain('[7, 7]');
  await page.close();
});
