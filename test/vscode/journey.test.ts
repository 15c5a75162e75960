// VS Code as a person meets it: real server, real kernel, real browser, the VSIX as it is installed.

import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answer, badges, cell, choices, chooseInMenu, Code, command, dialog, flowTree, focusCell, openFile, outputs, press, rowsOf, runCell, runsTree, setCode, showHeadwater, tabsWrittenDown, toast, unfold, webview,
} from '../helpers/code.ts';
import { leafThrough } from '../helpers/table-viewer.ts';
import { CELLS, ended, fillForm, run, RUN_FLOW, runRow } from './flows.ts';

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

test('tag, run with a parameter, watch, load a model and a figure, use them, page through the frame, change a cell', async () => {
  const page = await code.open('one/weather.ipynb', CELLS);
  await showHeadwater(page);
  await focusCell(page, 4);
  await command(page, 'Headwater: Tag Cell as Step…');
  await answer(page, 'draw');
  await expect.poll(() => badges(page)).toContain('draw ← load · never run');
  await run(page, 1, { days: '120' });
  await expect.poll(() => badges(page)).toEqual(['parameters  days, noise', 'setup', expect.stringMatching(/^load · done /), expect.stringMatching(/^fit ← load · done /), expect.stringMatching(/^draw ← load · done /)]);
  await runCell(page, 5);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^fit/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^model/ }).first(), 'Load');
  await dialog(page).getByText('grant Kernel access to the extension Headwater').waitFor();
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await page.locator('.statusbar', { hasText: 'model is in weather.ipynb: LinearRegression, from weather/1/fit/model' }).waitFor();
  await unfold(runsTree(page), /^draw/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^figure/ }).first(), 'Load');
  await page.locator('.statusbar', { hasText: 'figure is in weather.ipynb' }).waitFor();
  await setCode(page, 5, 'print(round(float(model.coef_[0]), 3), type(figure).__name__, [n for n in dir() if "headwater" in n], In[1][:5], In[-1][:5], repr(_))');
  await runCell(page, 5);
  await expect.poll(() => outputs(page)).toContain("2.0 Figure [] print print ''");
  // The notebook on disk was never saved, and what ran is what was on the screen.
  expect(code.read('one/weather.ipynb').cells[4]?.metadata).toEqual({});
  await unfold(runsTree(page), /^load/);
  await chooseInMenu(page, runsTree(page).locator('.monaco-list-row', { hasText: /^frame/ }).first(), 'Open Table');
  await leafThrough((await webview(page, '.hw-tableview')).locator('.hw-tableview'));
  await openFile(page, 'weather.ipynb');
  await expect.poll(() => rowsOf(flowTree(page))).toEqual([expect.stringMatching(/^loadDone/), expect.stringMatching(/^fitDone/), expect.stringMatching(/^drawDone/)]);
  await setCode(page, 2, 'frame = pd.DataFrame({"day": range(days)})\nframe["t"] = frame.day * 3 + noise');
  await expect.poll(() => rowsOf(flowTree(page))).toEqual([expect.stringMatching(/^loadstale: code changed/), expect.stringMatching(/^fitstale because load changed/), expect.stringMatching(/^drawstale because load changed/)]);
  await page.close();
});

test('a run that fails is looked at, restored, fixed and resumed; its outputs go under the cells', async () => {
  const page = await code.open('two/weather.ipynb', [...CELLS.slice(0, 3), ['step:fit', 'half = frame.t.sum() / 2\nhalf / 0 if len(frame) else 1\nraise ValueError("no data for " + str(days))'], ['', 'print("kernel")']]);
  await showHeadwater(page);
  await runCell(page, 4);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await run(page, 1);
  await toast(page, 'weather/1 failed: in fit, ValueError').waitFor();
  await runRow(page, 1).click();
  const shown = await webview(page, '.hw-runpage .hw-failures');
  expect(await shown.locator('.hw-failures').innerText()).toMatch(/fit failed[^]*ValueError: no data for 30 cell 4, line 3/);
  await shown.locator('.hw-failures').getByRole('button', { name: 'Restore step' }).click();
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await page.locator('.statusbar', { hasText: 'fit of weather/1 at the failure is in weather.ipynb' }).waitFor();
  await setCode(page, 4, 'print(half, len(frame))');
  await runCell(page, 4);
  await expect.poll(() => outputs(page)).toContain('442.5 30');
  await setCode(page, 3, 'half = float(frame.t.sum()) / 2\nhalf');
  await command(page, 'Headwater: Resume Last Run');
  await ended(page, 2);
  await unfold(runsTree(page), /^2Done/);
  await expect.poll(() => rowsOf(runsTree(page))).toContainEqual(expect.stringMatching(/^loadReused/));
  await command(page, 'Headwater: Write Outputs of Last Run');
  await expect.poll(() => outputs(page)).toMatch(/^442\.5$/m);
  await command(page, 'Headwater: Load Last Run');
  await dialog(page).locator('.monaco-button', { hasText: /^Replace \d+ names$/ }).click();
  await page.locator('.statusbar', { hasText: 'Everything at the end of weather/2 is in weather.ipynb' }).waitFor();
  await page.close();
});

test('the service is killed in mid-run, the window reloaded, the kernel restarted: the run goes on, and the person is told', async () => {
  const page = await code.open('three/slow.ipynb', [['step:slow', 'import os, time\nwhile not os.path.exists("go"):\n    time.sleep(0.1)\nvalue = 7'], ['', 'print("kernel")']]);
  await showHeadwater(page);
  await runCell(page, 1);
  await expect.poll(() => outputs(page)).toContain('kernel');
  await page.locator(RUN_FLOW).click();
  await page.locator('.statusbar', { hasText: 'slow/1 · 0 of 1 steps' }).waitFor();
  process.kill(code.enginePid('three'), 'SIGKILL');
  writeFileSync(code.path('three/go'), '');
  await ended(page, 1);
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^slow(?!$)/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^value/ }).first(), 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await page.locator('.statusbar', { hasText: 'value is in slow.ipynb: int' }).waitFor();
  await command(page, 'Jupyter: Restart Kernel');
  await toast(page, 'The kernel restarted. Loaded names are gone: value.').locator('.monaco-button', { hasText: 'Load all again' }).click();
  await page.locator('.statusbar', { hasText: 'Loaded again: value.' }).waitFor();
  await runRow(page, 1).dblclick();
  await (await webview(page, '.hw-runpage h1')).locator('.hw-graph').waitFor();
  // Whichever tab is in front: the page of a run comes there when it is ready.
  await command(page, 'File: Save All');
  await page.locator('.tab.dirty').waitFor({ state: 'detached' });
  // The tab is written down before its page has said what it shows.
  await expect.poll(() => tabsWrittenDown(page)).toMatch(/run\W+slow\/1/);
  await page.reload();
  await page.locator('.monaco-workbench .part.activitybar').waitFor();
  await page.locator('.tab', { hasText: 'slow/1' }).click();
  const again = await webview(page, '.hw-runpage h1');
  expect(await again.locator('h1').innerText()).toBe('slow/1');
  await page.close();
});

test('mistakes are sentences: a step name that is none, a parameter that does not fit, a name that is taken', async () => {
  const page = await code.open('four/weather.ipynb', CELLS);
  await showHeadwater(page);
  await focusCell(page, 4);
  await command(page, 'Headwater: Tag Cell as Step…');
  await page.locator('.quick-input-widget input').first().fill('a b/c');
  await page.locator('.quick-input-message', { hasText: '`a b/c` cannot be the name of a step. Letters, digits, `_` and `-` make a name, such as `clean-data`.' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator(RUN_FLOW).click();
  await fillForm(page, { days: 'many' });
  await toast(page, 'days').waitFor();
  await run(page, 1);
  await setCode(page, 5, 'frame = "mine"; print(frame)');
  await runCell(page, 5);
  await expect.poll(() => outputs(page)).toContain('mine');
  await unfold(runsTree(page), /^1Done/);
  await unfold(runsTree(page), /^load/);
  await press(runsTree(page).locator('.monaco-list-row', { hasText: /^frame/ }).first(), 'Load');
  await dialog(page).locator('.monaco-button', { hasText: 'Allow' }).click();
  await page.locator('.quick-input-title', { hasText: 'frame is a str in this notebook already.' }).waitFor();
  expect(await choices(page).allInnerTexts()).toEqual(['Load as frame_1', 'Replace frame']);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar', { hasText: 'frame_1 is in weather.ipynb: DataFrame' }).waitFor();
  await page.close();
});

test('a step is renamed everywhere in one undo; what it saves is the tag alone', async () => {
  const page = await code.open('five/names.ipynb', [['step:a', 'x = 1'], ['step:b prev:a mine', 'y = 2']]);
  await focusCell(page, 0);
  await command(page, 'Headwater: Rename Step Everywhere…');
  await answer(page, 'first');
  await expect.poll(() => badges(page)).toEqual(['first · never run', 'b ← first · never run']);
  await page.keyboard.press('Control+S');
  await expect.poll(() => code.read('five/names.ipynb').cells.map((each) => each.metadata)).toEqual([{ tags: ['step:first'] }, { tags: ['step:b', 'prev:first', 'mine'] }]);
  await cell(page, 0).click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('Control+Z');
  await expect.poll(() => badges(page)).toEqual(['a · never run', 'b ← a · never run']);
  await page.close();
});

test('what a step is asked for is chosen and typed, checked as it is typed', async () => {
  const page = await code.open('seven/form.ipynb', [['step:load', 'regions = ["a", "b"]'], ['step:fit mine', 'model = region']]);
  await expect.poll(() => badges(page)).toEqual(['load · never run', 'fit · never run']);
  const message = (text: string) => page.locator('.quick-input-message', { hasText: text }).waitFor();
  await focusCell(page, 1);
  await command(page, 'Headwater: Tag Cell…');
  await choices(page).filter({ hasText: 'For each item…' }).click();
  await page.locator('.quick-input-title', { hasText: 'For each item' }).waitFor();
  await page.locator('.quick-input-widget input').first().fill('region');
  await message('The tag `foreach:region` wants ITEM=LIST, two Python names, such as `foreach:lr=rates`.');
  await page.locator('.quick-input-widget input').first().fill('region=towns');
  await message('Step `fit` goes over `towns`, which no step above binds. A run would fail here.');
  await answer(page, 'region=regions');
  await expect.poll(() => badges(page)).toEqual(['load · never run', 'fit ← load · each region in regions · never run']);
  await command(page, 'Headwater: Step Properties…');
  await page.locator('.quick-input-title', { hasText: 'Properties of fit' }).waitFor();
  await page.screenshot({ path: '.cache/code-properties.png' });
  await choices(page).filter({ hasText: /^Memory/ }).click();
  await page.locator('.quick-input-title', { hasText: 'Memory' }).waitFor();
  await answer(page, '8G');
  await page.locator('.quick-input-title', { hasText: 'Properties of fit' }).waitFor();
  await choices(page).filter({ hasText: /^Memory8G/ }).waitFor();
  await page.keyboard.press('Escape');
  await command(page, 'File: Save');
  await expect.poll(() => code.read('seven/form.ipynb').cells[1]?.metadata).toEqual({ tags: ['step:fit', 'mine', 'foreach:region=regions', 'memory:8G'] });
  await page.close();
});

test('a run opens as a notebook that cannot be changed, and beside the notebook as it is', async () => {
  const page = await code.open('six/shown.ipynb', [['step:a', 'print("it ran")']]);
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await chooseInMenu(page, runRow(page, 1), 'Open as Notebook');
  await expect.poll(() => outputs(page)).toContain('it ran');
  await chooseInMenu(page, runRow(page, 1), 'Notebook Diff');
  await page.locator('.tab', { hasText: 'shown/1 and shown.ipynb now' }).waitFor();
  await openFile(page, 'shown.ipynb');
  await page.close();
});
