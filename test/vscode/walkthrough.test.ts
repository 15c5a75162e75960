// The walkthrough, for somebody who knows the editor and not Headwater.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, badges, choices, Code, command, focusCell, openFile } from '../helpers/code.ts';
import { ended } from './flows.ts';

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

test('four steps, and their buttons do what they say', async () => {
  const page = await code.open('one/first.ipynb', [['', 'seven = 7']]);
  await focusCell(page, 0);
  await command(page, 'Welcome: Open Walkthrough...');
  await choices(page).filter({ hasText: 'Get Started with Headwater' }).first().click();
  const steps = page.locator('.getting-started-step .step-title');
  await expect.poll(() => steps.allInnerTexts()).toEqual(['Tag a cell', 'Run the flow', 'Look back', 'Load anything']);
  await steps.filter({ hasText: 'Tag a cell' }).click();
  await page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Tag Cell…' }).click();
  await choices(page).filter({ hasText: 'Step…' }).first().click();
  await answer(page, 'make');
  // Tagging has brought the notebook to the front.
  await expect.poll(() => badges(page)).toEqual(['make · never run']);
  await page.locator('.tab', { hasText: 'Welcome' }).click();
  await steps.filter({ hasText: 'Run the flow' }).click();
  await page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Run Flow' }).click();
  await ended(page, 1);
  await openFile(page, 'first.ipynb');
  await expect.poll(() => badges(page)).toEqual([expect.stringMatching(/^make · done/)]);
  await page.close();
});
