// JupyterLab as a person meets it: real server, real kernel, real browser, the wheels as they are installed.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cell, command, Lab, runCell, runPage, runsPanel, setCode, showNotebook, tagAsStep } from '../helpers/lab.ts';

const CELLS = [
  ['parameters', 'days = 30  # how many\nnoise = 0.5'],
  ['setup', 'import pandas as pd\nimport matplotlib.pyplot as plt'],
  ['step:load', 'frame = pd.DataFrame({"day": range(days)})\nframe["t"] = frame.day * 2 + noise\nlen(frame)'],
  ['step:fit', 'from sklearn.linear_model import LinearRegression\nmodel = LinearRegression().fit(frame[["day"]], frame.t)'],
  ['', 'figure, axes = plt.subplots(figsize=(4, 2))\nline, = axes.plot(frame.day, frame.t)'],
] as const;

const lab = new Lab();
beforeAll(() => lab.start(), 120_000);
afterAll(() => lab.end(), 60_000);

/** The run button, the form, and the end of the run. */
async function run(page: Page, number: number, values: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  for (const [name, value] of Object.entries(values)) await page.locator(`#hw-parameter-${name}`).fill(value);
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Run flow' }).click();
  await ended(page, number);
}

async function ended(page: Page, number: number): Promise<void> {
  await runsPanel(page).locator('.hw-row', { hasText: new RegExp(`^${String(number)} `) }).filter({ hasNotText: /Running/ }).first().waitFor({ timeout: 90_000 });
}

const openRun = async (page: Page, number: number) => {
  await runsPanel(page).locator('.hw-row', { hasText: new RegExp(`^${String(number)} `) }).first().click();
  await runPage(page).waitFor();
};
const tab = (page: Page, name: string) => runPage(page).getByRole('tab', { name }).click();

async function load(page: Page, name: string): Promise<void> {
  const row = runPage(page).getByRole('row', { name: new RegExp(`^${name} `) });
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await row.getByText(`Loaded as ${name}`).waitFor({ timeout: 30_000 });
}

test('tag, run with a parameter, watch, load a frame, a figure and a model, use them', async () => {
  const page = await lab.open('one/weather.ipynb', CELLS);
  await tagAsStep(page, 4, 'draw');
  await expect.poll(() => cell(page, 4).getAttribute('data-hw-badge'), { timeout: 20_000 }).toBe('draw ← load · never run');
  await run(page, 1, { days: '40' });
  await expect.poll(() => cell(page, 4).getAttribute('data-hw-badge'), { timeout: 20_000 }).toMatch(/^draw ← load · done /);
  await openRun(page, 1);
  expect(await runPage(page).locator('.hw-runhead').innerText()).toMatch(/weather\/1\s+Done/);
  await tab(page, 'Artifacts');
  for (const name of ['frame', 'model', 'figure']) await load(page, name);
  await showNotebook(page, 'weather.ipynb');
  expect(await runCell(page, 'print(frame.shape, round(float(model.coef_[0]), 3), type(figure).__name__, [n for n in dir() if "headwater" in n], In[1][:5])')).toBe("(40, 2) 2.0 Figure [] print");
  // The notebook on disk was never saved, and what ran is what was on the screen.
  expect(lab.read('one/weather.ipynb').cells[4]?.metadata).toEqual({});
  await page.close();
});

test('a run that fails is restored, fixed and resumed; its outputs go under the cells', async () => {
  const page = await lab.open('two/weather.ipynb', [...CELLS.slice(0, 3), ['step:fit', 'half = frame.t.sum() / 2\nhalf / 0 if len(frame) else 1\nraise ValueError("no data for " + str(days))']]);
  await run(page, 1);
  await openRun(page, 1);
  const failures = runPage(page).getByRole('region', { name: 'What failed' });
  expect(await failures.innerText()).toContain('ValueError: no data for 30 cell 4, line 3');
  await failures.getByRole('button', { name: 'Restore step' }).click();
  await expect.poll(() => cell(page, 3).getAttribute('class'), { timeout: 30_000 }).toContain('jp-mod-active');
  expect(await runCell(page, 'print(half, len(frame))')).toBe('442.5 30');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await setCode(page, 3, 'half = frame.t.sum() / 2\nhalf');
  await command(page, 'Resume Last Run');
  await ended(page, 2);
  await openRun(page, 2);
  await tab(page, 'Graph');
  await expect.poll(() => runPage(page).locator('.hw-node').first().getAttribute('aria-label')).toBe('load. Reused.');
  await showNotebook(page, 'weather.ipynb');
  await command(page, 'Write Outputs of Last Run');
  await expect.poll(() => cell(page, 3).locator('.jp-OutputArea-output').allInnerTexts(), { timeout: 20_000 }).toEqual(['442.5']);
  await command(page, 'Load Last Run');
  await page.getByRole('button', { name: /^Replace \d+ names$/ }).click();
  await page.getByText(/Everything at the end of weather\/2 is in weather.ipynb/).first().waitFor();
  await page.close();
});

test('the service is killed in mid-run, the page reloaded, the kernel restarted: the run goes on, and the panels say what happened', async () => {
  const page = await lab.open('three/slow.ipynb', [['step:slow', 'import time\ntime.sleep(6)\nvalue = 7']]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await runsPanel(page).getByText('Running').nth(1).waitFor({ timeout: 30_000 });
  process.kill(lab.enginePid(), 'SIGKILL');
  await runsPanel(page).getByText(/Reconnecting|Running|steps/).first().waitFor();
  await ended(page, 1);
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await load(page, 'value');
  await command(page, 'Restart Kernel…');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Restart' }).click();
  await page.getByRole('button', { name: 'Load all again' }).click({ timeout: 30_000 });
  await page.getByText('Loaded again: value.').first().waitFor({ timeout: 30_000 });
  await page.reload();
  await runPage(page).getByText('slow/1').first().waitFor({ timeout: 60_000 });
  await page.close();
});

test('mistakes are sentences: a name that is taken, a step name that is none, a parameter that does not fit, a cycle', async () => {
  const page = await lab.open('four/weather.ipynb', CELLS);
  await tagAsStep(page, 4, 'a b/c');
  await page.getByText('`a b/c` cannot be the name of a step.').waitFor();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await page.locator('#hw-parameter-days').fill('many');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Run flow' }).click();
  await page.locator('.jp-Dialog', { hasText: 'This notebook was not run' }).getByText(/days/).waitFor();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();
  await run(page, 1);
  expect(await runCell(page, 'frame = "mine"; print(frame)')).toBe('mine');
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await runPage(page).getByRole('row', { name: /^frame / }).getByRole('button', { name: 'Load', exact: true }).click();
  await page.locator('.jp-Dialog').getByText('frame is a str in this notebook already.').waitFor();
  expect(await page.locator('.jp-Dialog input').inputValue()).toBe('frame_1');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Load under this name' }).click();
  await runPage(page).getByText('Loaded as frame_1').waitFor({ timeout: 30_000 });
  await page.close();
});

test('axe finds nothing in any panel, light and dark', async () => {
  const page = await lab.open('five/weather.ipynb', CELLS.slice(0, 4));
  await run(page, 1);
  await openRun(page, 1);
  // Lab's body has no height, and axe then leaves contrast out.
  await page.addStyleTag({ content: 'body{overflow:visible!important}' });
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    await command(page, `Use Theme: ${theme}`).catch(() => undefined);
    await page.waitForTimeout(500);
    for (const name of ['Graph', 'Timeline', 'Tasks', 'Logs', 'Artifacts', 'Code', 'Environment']) {
      await tab(page, name);
      await page.waitForTimeout(300);
      await page.evaluate(source);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run: (context: unknown) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> } };
        const { violations } = await axe.run({ include: [['.hw-sidebar'], ['.hw-runpage']] });
        return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0]?.target)} ${nodes[0]?.failureSummary ?? ''}`);
      });
      expect(found, `${theme}, ${name}`).toEqual([]);
    }
  }
  await page.close();
});

test('no error reached the browser', () => {
  expect(lab.errors.filter((error) => !/ResizeObserver/.test(error))).toEqual([]);
});
