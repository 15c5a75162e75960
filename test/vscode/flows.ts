// A flow that the journeys run, and how a person runs it.

import type { Locator, Page } from 'playwright-core';
import { answer, choices, runsTree } from '../helpers/code.ts';

export const CELLS = [
  ['parameters', 'days = 30  # how many\nnoise = 0.5'],
  ['setup', 'import pandas as pd\nimport matplotlib.pyplot as plt'],
  ['step:load', 'frame = pd.DataFrame({"day": range(days)})\nframe["t"] = frame.day * 2 + noise\nlen(frame)'],
  ['step:fit', 'from sklearn.linear_model import LinearRegression\nmodel = LinearRegression().fit(frame[["day"]], frame.t)'],
  ['', 'figure, axes = plt.subplots(figsize=(4, 2))\nline, = axes.plot(frame.day, frame.t)'],
  ['', 'print("kernel")'],
] as const;

export const RUN_FLOW = '.notebook-toolbar-container .action-label[aria-label="Run Flow"]';

export async function run(page: Page, number: number, values: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.locator(RUN_FLOW).click();
  await fillForm(page, values);
  await ended(page, number);
}

export async function fillForm(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  const form = page.locator('.quick-input-title', { hasText: 'Run flow' });
  await form.waitFor();
  for (const [name, value] of Object.entries(values)) {
    await choices(page).filter({ hasText: new RegExp(`^\\W*${name}`) }).click();
    await page.locator('.quick-input-title', { hasText: name }).waitFor();
    await answer(page, value);
    await form.waitFor();
    await choices(page).filter({ hasText: `-p ${name}=${value}` }).waitFor();
  }
  await page.keyboard.press('Enter');
}

export async function ended(page: Page, number: number): Promise<void> {
  await runsTree(page).locator('.monaco-list-row', { hasText: new RegExp(`^${String(number)}(?!.*Running)`) }).first().waitFor();
}

export const runRow = (page: Page, number: number): Locator => runsTree(page).locator('.monaco-list-row[aria-level="2"]', { hasText: new RegExp(`^${String(number)}`) }).first();
