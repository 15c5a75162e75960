// Where something is missing: no trust, no Jupyter extension.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { badges, Code, command, openFile, press, runsTree, showHeadwater, toast, unfold } from '../helpers/code.ts';
import { notebookText } from '../helpers/notebook.ts';
import { ended, RUN_FLOW } from './flows.ts';

async function start(options: ConstructorParameters<typeof Code>[0]): Promise<Code> {
  const code = new Code(options);
  onTestFinished(() => code.end());
  await code.start();
  return code;
}

test('a workspace that is not trusted is looked at: nothing of it runs until the person trusts it', async () => {
  const code = await start({ trust: true });
  const file = code.path('one/value.ipynb');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, notebookText([['step:make', 'seven = 7']]));
  const page = await code.window(path.dirname(file));
  await openFile(page, 'value.ipynb');
  await showHeadwater(page);
  await expect.poll(() => badges(page)).toEqual(['make · never run']);
  await page.locator(RUN_FLOW).click();
  const asked = toast(page, 'You can look at runs. To run flows, trust this workspace.');
  await asked.locator('.monaco-button', { hasText: 'Manage Workspace Trust' }).click();
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
  await page.locator('.statusbar', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
  await page.locator('.action-label[aria-label*="Close Modal Editor"]').click();
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
});

test('without the Jupyter extension flows run, and a cell that loads is one click away', async () => {
  const code = await start({ jupyter: false });
  const page = await code.open('one/value.ipynb', [['step:make', 'seven = 7']]);
  await showHeadwater(page);
  await command(page, 'Headwater: Run Flow');
  await ended(page, 1);
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^make/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^seven/ }).first(), 'Load');
  await toast(page, 'The Jupyter extension is not installed, so Headwater cannot reach a kernel.').locator('.monaco-button', { hasText: 'Insert load cell' }).click();
  await expect.poll(() => page.locator('.notebookOverlay .view-lines').allInnerTexts()).toHaveLength(2);
});
