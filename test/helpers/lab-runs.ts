// What a person does with runs in JupyterLab.

import type { Page } from 'playwright-core';
import { runPage, runsPanel } from './lab.ts';

/** The run button, the form, and the end of the run. */
export async function run(page: Page, number: number, values: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  for (const [name, value] of Object.entries(values)) await page.locator(`#hw-parameter-${name}`).fill(value);
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Run flow' }).click();
  await ended(page, number);
}

export async function ended(page: Page, number: number): Promise<void> {
  await runsPanel(page).locator('.hw-row', { hasText: new RegExp(`^${String(number)} `) }).filter({ hasNotText: /Running/ }).first().waitFor();
}

export const openRun = async (page: Page, number: number) => {
  await runsPanel(page).locator('.hw-row', { hasText: new RegExp(`^${String(number)} `) }).first().click();
  await runPage(page).waitFor();
};
export const tab = (page: Page, name: string) => runPage(page).getByRole('tab', { name }).click();

export async function load(page: Page, name: string): Promise<void> {
  const row = runPage(page).getByRole('row', { name: new RegExp(`^${name} `) });
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await row.getByText(`Loaded as ${name}`).waitFor();
}
