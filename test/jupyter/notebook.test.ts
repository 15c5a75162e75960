// What of a flow is seen and done around the cells: labels in every way of drawing a long notebook, fixes, a name changed everywhere, parts of a flow, a run seen from everywhere.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, openRun } from '../helpers/lab-runs.ts';
import { cell, command, Lab, runPage, setCode, showNotebook } from '../helpers/lab.ts';

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

const badges = (cells: Locator) => cells.evaluateAll((all) => all.map((each) => (each as unknown as { getAttribute: (name: string) => string | null }).getAttribute('data-hw-badge')));
const cellsOf = (page: Page) => page.locator('.jp-Notebook:visible .jp-Cell');

const MANY = Array.from({ length: 300 }, (_, at) => [`step:s${String(at)}`, at === 0 ? 'x0 = 1' : `x${String(at)} = x${String(at - 1)}`] as const);

function setWindowing(mode: string): void {
  const folder = path.join(lab.folder, 'home/config/lab/user-settings/@jupyterlab/notebook-extension');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'tracker.jupyterlab-settings'), JSON.stringify({ windowingMode: mode }));
}

test.each(['none', 'defer', 'full', 'contentVisibility'])('300 cells, each with its own label, drawn the way %s', async (mode) => {
  setWindowing(mode);
  const page = await lab.open(`many-${mode}/long.ipynb`, MANY);
  await expect.poll(() => cell(page, 1).getAttribute('data-hw-badge')).toBe('s1 ← s0 · never run');
  for (const part of [1, 0.5, 0]) {
    await page.locator('.jp-WindowedPanel-outer:visible').first().evaluate((list, share) => { const box = list as unknown as { scrollTop: number; scrollHeight: number }; box.scrollTop = box.scrollHeight * share; }, part);
    await page.waitForTimeout(500);
    const seen = await cellsOf(page).evaluateAll((all) => all.map((each) => {
      const node = each as unknown as { innerText: string; getAttribute: (name: string) => string | null };
      return [/x(\d+) =/.exec(node.innerText)?.[1], node.getAttribute('data-hw-badge')] as const;
    }));
    // What is scrolled away may have no text in the page.
    const drawn = seen.filter(([number]) => number !== undefined);
    expect(drawn.length).toBeGreaterThan(1);
    expect(drawn.filter(([number = '', badge]) => badge !== (number === '0' ? 's0 · never run' : `s${number} ← s${String(Number(number) - 1)} · never run`))).toEqual([]);
  }
  await page.close();
});

test('what a run would stumble over is marked in its cell, and fixed by a click', async () => {
  setWindowing('defer');
  const page = await lab.open('fix/wrong.ipynb', [['step:load', 'x = 1'], ['step:after prev:laod', 'y = 2']]);
  await cell(page, 1).locator('.cm-lintRange-error').first().hover();
  await page.locator('.cm-tooltip-lint .cm-diagnosticAction', { hasText: 'Change to `prev:load`' }).click();
  await expect.poll(() => badges(cellsOf(page))).toEqual(['load · never run', 'after ← load · never run']);
  await page.close();
});

test('a step is renamed everywhere in one undo', async () => {
  const page = await lab.open('name/names.ipynb', [['step:a', 'x = 1'], ['step:b prev:a mine', 'y = 2']]);
  await expect.poll(() => badges(cellsOf(page))).toEqual(['a · never run', 'b ← a · never run']);
  await cell(page, 0).locator('.cm-content').click();
  await command(page, 'Rename step everywhere…');
  await page.locator('.jp-Dialog input').fill('first');
  await page.keyboard.press('Enter');
  await expect.poll(() => badges(cellsOf(page))).toEqual(['first · never run', 'b ← first · never run']);
  await cell(page, 0).locator('.cm-content').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect.poll(() => badges(cellsOf(page))).toEqual(['a · never run', 'b ← a · never run']);
  await page.close();
});

test('what a step is asked for is typed into a form that checks it, and is one undo', async () => {
  const page = await lab.open('form/form.ipynb', [['step:load', 'regions = ["a", "b"]'], ['step:fit mine', 'model = region']]);
  await expect.poll(() => badges(cellsOf(page))).toEqual(['load · never run', 'fit · never run']);
  const form = page.locator('.jp-Dialog').filter({ hasText: 'Properties of fit' });
  await cell(page, 1).locator('.cm-content').click();
  await cell(page, 1).locator('[data-command="headwater:tag-menu"]').click();
  await page.locator('.lm-Menu-item', { hasText: 'For each item…' }).click();
  await form.locator('[data-property="foreach"]:focus').waitFor();
  await page.keyboard.insertText('region');
  await form.getByText('The tag `foreach:region` wants ITEM=LIST, two Python names, such as `foreach:lr=rates`.').waitFor();
  await form.getByText('Where and how much').click();
  await form.getByLabel('Memory').fill('much');
  await form.getByRole('button', { name: 'Tag' }).click();
  // The form is there again, at the first value that is none.
  await form.locator('[data-property="foreach"]:focus').waitFor();
  await form.getByText('The tag `memory:much` wants a size such as 8G or 512Mi.').waitFor();
  await form.getByLabel('Memory').fill('8G');
  await form.getByLabel('For each item').fill('region=towns');
  await form.getByText('Step `fit` goes over `towns`, which no step above binds. A run would fail here.').waitFor();
  await page.screenshot({ path: '.cache/lab-properties.png' });
  await form.getByLabel('For each item').fill('region=regions');
  await form.getByText('which no step above binds').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await expect.poll(() => badges(cellsOf(page))).toEqual(['load · never run', 'fit ← load · each region in regions · never run']);
  await page.keyboard.press('Control+S');
  await expect.poll(() => lab.read('form/form.ipynb').cells[1]?.metadata).toMatchObject({ tags: ['step:fit', 'mine', 'foreach:region=regions', 'memory:8G'] });
  await cell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect.poll(() => badges(cellsOf(page))).toEqual(['load · never run', 'fit · never run']);
  await page.close();
});

// Who pressed the button first was told of tags and of a command, and left alone with it.
test('a notebook without steps is not run; tagging is a click away, and a cell of text is no step', async () => {
  const page = await lab.open('first/first.ipynb', [['#', '# A title'], ['', 'seven = 7 * size']]);
  const asked = page.locator('.jp-Dialog');
  const press = async () => {
    await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
    await asked.filter({ hasText: 'No cell of the notebook is tagged as a step. Choose a cell that does work, and give it a name.' }).getByRole('button', { name: 'Tag this cell as a step' }).click();
  };
  await cell(page, 0).click();
  await press();
  await asked.filter({ hasText: 'This cell is text: only code runs. Click a cell with code first.' }).getByRole('button', { name: 'Close' }).click();
  await cell(page, 1).locator('.cm-content').click();
  await press();
  await asked.locator('input').fill('make');
  await page.keyboard.press('Enter');
  await expect.poll(() => badges(cellsOf(page))).toEqual([null, 'make · never run']);
  await page.close();
});

test('up to a cell, from a cell, only one', async () => {
  const page = await lab.open('parts/parts.ipynb', [['step:a', 'x = 1'], ['step:b', 'y = x + 1'], ['step:c', 'z = y + 1']]);
  const steps = async () => {
    const nodes = await runPage(page).locator('.hw-node').allInnerTexts();
    return nodes.map((text) => [/\b[abc]\b/, /Done|Reused/].map((word) => word.exec(text)?.[0]).join(' '));
  };
  const at = async (index: number, label: string, number: number) => {
    await showNotebook(page, 'parts.ipynb');
    await cell(page, index).locator('.cm-content').click();
    await command(page, label);
    await ended(page, number);
    await openRun(page, number);
    await runPage(page).getByRole('heading', { name: `parts/${String(number)}` }).waitFor();
  };
  await at(1, 'Run to Here', 1);
  await expect.poll(steps).toEqual(['a Done', 'b Done']);
  await at(2, 'Run from Here', 2);
  await expect.poll(steps).toEqual(['a Reused', 'b Reused', 'c Done']);
  await at(1, 'Run Only This Step', 3);
  await expect.poll(steps).toEqual(['a Reused', 'b Done']);
  await page.close();
});

test('a run under way is in the status bar, in the Running panel and in another window; its end is told', async () => {
  const page = await lab.open('seen/slow.ipynb', [['step:slow', 'import os, time\nwhile not os.path.exists("go"):\n    time.sleep(0.1)\nvalue = 7']]);
  const other = await lab.open('seen/slow.ipynb', [['step:slow', 'import os, time\nwhile not os.path.exists("go"):\n    time.sleep(0.1)\nvalue = 7']]);
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  await page.locator('.hw-status button', { hasText: 'slow/1 · 0 of 1 steps' }).waitFor();
  await other.locator('.hw-status button', { hasText: 'slow/1 · 0 of 1 steps' }).waitFor();
  await page.locator('.jp-SideBar .lm-TabBar-tab[data-id="jp-running-sessions"]').click();
  await page.locator('#jp-running-sessions').getByText('slow/1 · 0 of 1 steps').waitFor();
  writeFileSync(lab.path('seen/go'), '');
  const told = page.locator('.Toastify__toast', { hasText: 'slow/1 is done' });
  await told.getByRole('button', { name: 'Open run' }).click();
  await runPage(page).getByRole('heading', { name: 'slow/1' }).waitFor();
  await page.locator('.hw-status button').waitFor({ state: 'detached' });
  await other.locator('.jp-SideBar .lm-TabBar-tab[data-id="headwater-runs"]').click();
  await ended(other, 1);
  await expect.poll(() => badges(cellsOf(other))).toEqual([expect.stringMatching(/^slow · done/)]);
  await setCode(other, 0, 'value = 8');
  await expect.poll(() => badges(cellsOf(other))).toEqual([expect.stringMatching(/stale: code changed$/)]);
  await showNotebook(page, 'slow.ipynb');
  await expect.poll(() => badges(cellsOf(page))).toEqual([expect.stringMatching(/^slow · done [^·]*$/)]);
  await other.close();
  await page.close();
});
