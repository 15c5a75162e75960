// What goes wrong around a notebook, each with its sentence in the panel where the answer would have been.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ended, load, openRun, tab } from '../helpers/lab-runs.ts';
import { command, Lab, runCell, runPage, runsPanel, showNotebook } from '../helpers/lab.ts';
import { BIN } from '../helpers/project.ts';

const CELLS = [['step:make', 'seven = 7']] as const;

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

const pressRun = (page: Page) => page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
const refusal = (page: Page, sentence: string) => page.locator('.jp-Dialog', { hasText: sentence });

test('no store yet, a store of a newer format, one that cannot be read', async () => {
  const page = await lab.open('store/value.ipynb', CELLS);
  await command(page, 'Show Runs');
  await runsPanel(page).getByText('No runs yet').waitFor();
  await runsPanel(page).getByRole('button', { name: 'Tag this cell as a step' }).waitFor();
  await runsPanel(page).getByRole('button', { name: 'Open an example' }).click();
  await page.locator('.jp-NotebookPanel:visible [data-hw-badge^="smooth ← load · each alpha in alphas"]').waitFor();
  await showNotebook(page, 'value.ipynb');
  await pressRun(page);
  await ended(page, 1);
  const format = lab.path('store/.headwater/format.json');
  const shows = async (text: string, sentence: RegExp) => {
    writeFileSync(format, text);
    // A service that has not opened it yet.
    process.kill(lab.enginePid(), 'SIGKILL');
    await page.reload();
    await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
    await command(page, 'Show Runs');
    await runsPanel(page).getByText(sentence).first().waitFor();
  };
  await shows('{"format":99}', /has format 99; this Headwater knows formats up to \d+\./);
  await pressRun(page);
  await refusal(page, 'has format 99').getByRole('button', { name: 'Close' }).click();
  await shows('no JSON', /\.headwater/);
  await page.close();
});

test('a run that is deleted while it is shown stays readable, and says so', async () => {
  const page = await lab.open('gone/value.ipynb', CELLS);
  await pressRun(page);
  await ended(page, 1);
  await openRun(page, 1);
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'delete', 'value/1'], { cwd: lab.path('gone'), encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  await runPage(page).getByText('value/1 was deleted.').waitFor();
  await runPage(page).getByText('What was shown stays readable until you close it.').waitFor();
  expect(await runPage(page).getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await runsPanel(page).locator('.hw-row').waitFor({ state: 'detached' });
  await page.close();
});

test('an artifact that the kernel cannot load names the module it needs, and binds nothing; a package is a cell away', async () => {
  const page = await lab.open('module/value.ipynb', [
    ['step:make', 'from shapes import Square\nsquare = Square()'], ['step:number pip:semver==3.0.4', 'import semver\nrelease = semver.Version(1, 2, 3)'], ['', 'import os\nos.getpid()'],
  ]);
  writeFileSync(lab.path('module/shapes.py'), 'class Square:\n    side = 3\n');
  await pressRun(page);
  await ended(page, 1);
  rmSync(lab.path('module/shapes.py'));
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  const row = runPage(page).getByRole('row', { name: /^square / });
  await row.getByRole('button', { name: 'Load', exact: true }).click();
  await row.getByRole('alert').getByText('value/1/make/square needs shapes, which the kernel does not have. Nothing was bound.').waitFor();
  expect(await row.getByRole('button', { name: 'Insert install cell' }).count()).toBe(0);
  const other = runPage(page).getByRole('row', { name: /^release / });
  await other.getByRole('button', { name: 'Load', exact: true }).click();
  await other.getByRole('alert').getByText("value/1/number/release needs semver. Made with 3.0.4; the kernel does not have it. Nothing was bound. Install it in the kernel's environment, then load again.").waitFor();
  await other.getByRole('button', { name: 'Insert load cell' }).waitFor();
  await page.screenshot({ path: '.cache/lab-install.png' });
  await other.getByRole('button', { name: 'Insert install cell' }).click();
  await showNotebook(page, 'value.ipynb');
  await expect.poll(() => page.locator('.jp-Notebook:visible .cm-content').allInnerTexts()).toContain('%pip install "semver==3.0.4"');
  expect(await runCell(page, 'print("square" in dir(), "release" in dir())')).toBe('False False');
  await page.close();
});

// The side bar said then that there were no runs, and a run page that no notebook was open.
test('with a run opened as a notebook in front, the notebook last used is still meant', async () => {
  const page = await lab.open('drive/value.ipynb', CELLS);
  await pressRun(page);
  await ended(page, 1);
  await openRun(page, 1);
  await runPage(page).getByRole('button', { name: 'Open as notebook' }).click();
  await page.locator('.jp-NotebookPanel:visible', { hasText: 'notebook is read-only' }).waitFor();
  await runsPanel(page).locator('.hw-row').waitFor();
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  await load(page, 'seven');
  await showNotebook(page, 'value.ipynb');
  expect(await runCell(page, 'print(seven)')).toBe('7');
  await page.close();
});

// Who had no Node was told for ever that it was reconnecting.
test('an engine that cannot start is named with what helps, in the panel and by what is asked for', async () => {
  const without = new Lab({ env: { HEADWATER_NODE: path.join(lab.folder, 'nowhere/node') } });
  onTestFinished(() => without.end());
  await without.start();
  const page = await without.open('none/value.ipynb', CELLS);
  await command(page, 'Show Runs');
  await runsPanel(page).getByText(/nowhere\/node` is no Node that Headwater can use: it needs 22\.18 or newer\./).waitFor();
  await runsPanel(page).getByRole('button', { name: 'Retry now' }).waitFor();
  await pressRun(page);
  await refusal(page, 'is no Node that Headwater can use').getByRole('button', { name: 'Close' }).click();
  await page.close();
});
