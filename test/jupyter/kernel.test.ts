// The live kernel when it cannot do at once what is asked: busy, restarted while it was waited for, dead, of another language.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, load, openRun, tab } from '../helpers/lab-runs.ts';
import { cell, command, Lab, runCell, runPage, showNotebook } from '../helpers/lab.ts';

const CELLS = [['step:make', 'seven = 7'], ['', '']] as const;
/** It ends when a file `go` is there: the kernel is busy for as long as that takes on a slow machine. */
const UNTIL_TOLD = 'import os, time\nwhile not os.path.exists("go"):\n    time.sleep(0.1)';

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

/** A run of one step, with its artifacts shown. */
async function made(page: Page) {
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await ended(page, 1);
  await artifact(page);
}

async function artifact(page: Page) {
  await openRun(page, 1);
  await tab(page, 'Artifacts');
  return runPage(page).getByRole('row', { name: /^seven / });
}

async function startCell(page: Page, code: string): Promise<void> {
  await showNotebook(page, 'value.ipynb');
  await cell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(code);
  await page.keyboard.press('Control+Enter');
}

const isBusy = (page: Page) => page.locator('.jp-NotebookPanel:visible [data-status="busy"]').first().waitFor();

const cancel = (page: Page) => page.locator('.Toastify__toast', { hasText: 'seven is loaded right after it' }).getByRole('button', { name: 'Cancel' });

async function runBelow(page: Page, code: string): Promise<void> {
  await showNotebook(page, 'value.ipynb');
  const before = await page.locator('.jp-Notebook:visible .jp-Cell').count();
  await cell(page, before - 1).locator('.cm-content').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await cell(page, before).locator('.cm-content').click();
  await page.keyboard.insertText(code);
  await page.keyboard.press('Control+Enter');
}

const pressLoad = async (page: Page) => (await artifact(page)).getByRole('button', { name: /^Load/ }).click();

test('a busy kernel loads after its cell, and before one that is run meanwhile; what waits can be taken back; when the kernel is restarted first, that is said', async () => {
  const page = await lab.open('one/value.ipynb', CELLS);
  await made(page);
  await startCell(page, `${UNTIL_TOLD}\nprint("over", "seven" in dir())`);
  await isBusy(page);
  await pressLoad(page);
  const waits = page.getByText('The kernel of value.ipynb is running a cell. seven is loaded right after it.').first();
  await waits.waitFor();
  writeFileSync(lab.path('one/go'), '');
  await runPage(page).getByText('Loaded as seven').waitFor();
  await waits.waitFor({ state: 'detached' });
  await showNotebook(page, 'value.ipynb');
  expect((await cell(page, 1).locator('.jp-OutputArea-output').innerText()).trim()).toBe('over False');
  expect(await runCell(page, 'print(seven)')).toBe('7');
  rmSync(lab.path('one/go'));
  await startCell(page, `del seven\n${UNTIL_TOLD}`);
  await isBusy(page);
  await pressLoad(page);
  await cancel(page).click();
  await waits.waitFor({ state: 'detached' });
  await (await artifact(page)).getByRole('button', { name: 'Load', exact: true }).click();
  await waits.waitFor();
  // A cell that is run before the kernel is free finds what was asked for before it; then it is too late to take that back.
  await runBelow(page, 'print("found", seven)');
  await cancel(page).waitFor({ state: 'detached' });
  writeFileSync(lab.path('one/go'), '');
  await expect.poll(() => cell(page, 3).locator('.jp-OutputArea-output').allInnerTexts()).toEqual([expect.stringContaining('found 7')]);
  rmSync(lab.path('one/go'));
  await startCell(page, `del seven\n${UNTIL_TOLD}`);
  await isBusy(page);
  await pressLoad(page);
  await cancel(page).click();
  writeFileSync(lab.path('one/go'), '');
  await showNotebook(page, 'value.ipynb');
  expect(await runCell(page, 'print("seven" in dir())')).toBe('False');
  await startCell(page, 'import time\ntime.sleep(600)');
  await isBusy(page);
  await pressLoad(page);
  await waits.waitFor();
  await showNotebook(page, 'value.ipynb');
  await command(page, 'Restart Kernel…');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await showNotebook(page, 'value/1');
  await runPage(page).getByText('The kernel gave no answer: it may have been restarted or interrupted. Try it again.').waitFor();
  await load(page, 'seven');
  await page.close();
});

test('a kernel that is dead is named, with a cell that loads one click away', async () => {
  const page = await lab.open('two/value.ipynb', CELLS);
  await made(page);
  // No kernel starts in this folder any more, and the server gives up after some tries.
  const startup = path.join(lab.folder, 'home/ipython/profile_default/startup');
  mkdirSync(startup, { recursive: true });
  writeFileSync(path.join(startup, 'die.py'), 'import os\nif os.path.exists("die"):\n    os._exit(1)\n');
  writeFileSync(lab.path('two/die'), '');
  // JupyterLab says it too.
  await page.addLocatorHandler(page.locator('.jp-Dialog', { hasText: /Kernel Restarting|died/ }), (said) => said.getByRole('button').last().click());
  await startCell(page, 'import os\nos._exit(1)');
  await page.locator('.jp-NotebookPanel:visible .jp-KernelName', { hasText: 'No Kernel' }).waitFor();
  await pressLoad(page);
  const said = (await artifact(page)).getByRole('alert');
  await expect.poll(() => said.innerText()).toBe('The kernel of value.ipynb has died. Restart it, then load again. Insert load cell');
  await said.getByRole('button', { name: 'Insert load cell' }).click();
  await showNotebook(page, 'value.ipynb');
  await expect.poll(() => cell(page, 2).locator('.cm-content').innerText()).toContain('seven = headwater.load("value/1/make/seven")');
  await page.close();
});

test('a kernel of another language is named', async () => {
  const folder = path.join(lab.folder, 'home/data/kernels/echo');
  mkdirSync(folder, { recursive: true });
  const program = path.join(folder, 'echo.py');
  writeFileSync(program, [
    'from ipykernel.kernelapp import IPKernelApp', 'from ipykernel.kernelbase import Kernel', '', 'class Echo(Kernel):', '    implementation = banner = "echo"', '    implementation_version = "1"',
    '    language_info = {"name": "echo", "mimetype": "text/plain", "file_extension": ".txt"}', '', 'IPKernelApp.launch_instance(kernel_class=Echo)',
  ].join('\n'));
  writeFileSync(path.join(folder, 'kernel.json'), JSON.stringify({ argv: [lab.python, program, '-f', '{connection_file}'], display_name: 'Echo', language: 'echo' }));
  const page = await lab.open('three/value.ipynb', CELLS);
  await made(page);
  await showNotebook(page, 'value.ipynb');
  await command(page, 'Change Kernel…');
  await page.locator('.jp-Dialog select').selectOption({ label: 'Echo' });
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Select Kernel' }).click();
  await page.locator('.jp-NotebookPanel:visible .jp-KernelName', { hasText: 'Echo' }).waitFor();
  await pressLoad(page);
  await runPage(page).getByText('The kernel of value.ipynb speaks echo. Artifacts are Python objects: start a Python kernel to load into it.').waitFor();
  await page.close();
});

// Its memory is mapped, so it is there at once: only what comes from elsewhere is asked about (packages/panels/src/acts/long-way.ts).
test('a value over 1 GB is loaded from this disk without a question', async () => {
  const page = await lab.open('four/value.ipynb', [['step:make', 'import numpy as np\nseven = np.zeros(140_000_000)\nseven[-1] = 7'], ['', '']]);
  await made(page);
  await pressLoad(page);
  await runPage(page).getByText('Loaded as seven').waitFor();
  await showNotebook(page, 'value.ipynb');
  expect(await runCell(page, 'print(seven.shape, seven[-1])')).toBe('(140000000,) 7.0');
  await page.close();
});
