// What goes wrong around a notebook, each with its sentence where a person looks.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { badges, Code, command, dialog, outputs, press, rowsOf, runCell, runsTree, showHeadwater, toast, unfold, webview } from '../helpers/code.ts';
import { BIN } from '../helpers/project.ts';
import { ended, RUN_FLOW, runRow } from './flows.ts';

const CELLS = [['step:make', 'seven = 7']] as const;

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

test('no store yet, a store of a newer format, one that cannot be read', async () => {
  const page = await code.open('store/value.ipynb', CELLS);
  await showHeadwater(page);
  await runsTree(page).getByText('No runs yet').waitFor();
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  const shows = async (text: string, sentence: RegExp) => {
    code.write('store/.headwater/format.json', text);
    // A service that has not opened it yet.
    process.kill(code.enginePid('store'), 'SIGKILL');
    await page.reload();
    await expect.poll(() => rowsOf(runsTree(page))).toEqual([expect.stringMatching(sentence)]);
  };
  await shows('{"format":99}', /has format 99; this Headwater knows formats up to \d+\./);
  await page.locator(RUN_FLOW).click();
  await toast(page, 'has format 99').waitFor();
  await shows('no JSON', /\.headwater/);
  await page.close();
});

test('who has no run yet has an example a click away', async () => {
  const page = await code.open('example/value.ipynb', CELLS);
  await showHeadwater(page);
  await page.getByRole('button', { name: 'Open an Example' }).click();
  await page.locator('.tab.active', { hasText: 'headwater-example.ipynb' }).waitFor();
  await expect.poll(() => badges(page)).toContainEqual(expect.stringMatching(/^smooth ← load · each alpha in alphas/));
  await page.close();
});

test('a run that is deleted while it is shown stays readable, and says so', async () => {
  const page = await code.open('gone/value.ipynb', CELLS);
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await runRow(page, 1).click();
  const shown = await webview(page, '.hw-runpage h1');
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'delete', 'value/1'], { cwd: code.path('gone'), encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  await shown.getByText('value/1 was deleted.').waitFor();
  await runRow(page, 1).waitFor({ state: 'detached' });
  await page.close();
});

test('an artifact that the kernel cannot load names the module it needs; a package is a cell away', async () => {
  const page = await code.open('module/value.ipynb', [
    ['step:make', 'from shapes import Square\nsquare = Square()'], ['step:number pip:semver==3.0.4', 'import semver\nrelease = semver.Version(1, 2, 3)'], ['', 'print("kernel")'],
  ]);
  code.write('module/shapes.py', 'class Square:\n    side = 3\n');
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  rmSync(code.path('module/shapes.py'));
  await runCell(page, 2);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^make/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^square/ }).first(), 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await toast(page, 'value/1/make/square needs shapes, which the kernel does not have. Nothing was bound.').waitFor();
  await unfold(runsTree(page), /^number/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^release/ }).first(), 'Load');
  const said = toast(page, "value/1/number/release needs semver. Made with 3.0.4; the kernel does not have it. Nothing was bound. Install it in the kernel's environment, then load again.");
  await said.waitFor();
  await page.screenshot({ path: '.cache/code-install.png' });
  await said.locator('.monaco-button', { hasText: 'Insert install cell' }).click();
  await expect.poll(() => page.locator('.notebookOverlay .view-lines').allInnerTexts()).toContainEqual(expect.stringMatching(/^%pip.install."semver==3\.0\.4"$/));
  await page.close();
});

test('a notebook that was never saved is not run; once it is, it is', async () => {
  code.write('never/readme.txt', '');
  const page = await code.window(code.path('never'));
  await showHeadwater(page);
  await command(page, 'Create: New Jupyter Notebook');
  await page.locator('.notebookOverlay .cell-list-container .monaco-list-row').first().waitFor();
  await command(page, 'Headwater: Run Flow');
  await toast(page, 'Save the notebook first: a run keeps its file name.').waitFor();
  await page.close();
});

test('a Node that is none is named, with the setting one click away', async () => {
  const without = new Code({ settings: { 'headwater.node': path.join(code.folder, 'nowhere/node') } });
  onTestFinished(() => without.end());
  await without.start();
  const page = await without.open('none/value.ipynb', CELLS);
  await showHeadwater(page);
  const said = toast(page, /nowhere\/node` is no Node that Headwater can use\. Change the setting `headwater\.node`, or empty it\./);
  await said.locator('.monaco-button', { hasText: 'Open Settings' }).click();
  await page.locator('.settings-editor').getByText('Node', { exact: false }).first().waitFor();
  await page.locator('.action-label[aria-label*="Close Modal Editor"]').click();
  await page.locator(RUN_FLOW).click();
  await toast(page, 'is no Node that Headwater can use').waitFor();
  await page.close();
});
