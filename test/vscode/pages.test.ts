// Pages in webviews: a foreach in tree and page, comparison, table and report, and what axe finds in them in three themes.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, badges, chooseInMenu, Code, command, rowsOf, runsTree, showHeadwater, unfold, webview } from '../helpers/code.ts';
import { MEND_RUNS, TEAR_RUNS, TRACE } from '../helpers/torn-answers.ts';
import { ended, RUN_FLOW, runRow } from './flows.ts';

const CELLS = [
  ['step:make', 'rates = [0.1, 0.01, 0.001]\nlimit = 0.05\nimport pandas as pd\nframe = pd.DataFrame({"rate": rates})\nframe'],
  ['step:train foreach:lr=rates', 'print("training", lr)\nscore = 1 - lr\nif lr < limit:\n    raise ValueError(f"rate {lr} is too small")'],
  ['step:pick join:scores=score', 'best = max(scores)'],
] as const;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TABS = ['Graph', 'Timeline', 'Tasks', 'Logs', 'Artifacts', 'Code', 'Environment'];
const THEMES = ['Light Modern', 'Dark Modern', 'Dark High Contrast'];

interface Axe {
  readonly axe: { run: (context: unknown, options: unknown) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> };
}

const code = new Code();
beforeAll(() => code.start());
afterAll(() => code.end());

async function look(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const { violations } = await (globalThis as unknown as Axe).axe.run({ exclude: [['iframe']] }, {});
    return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0]?.target)} ${nodes[0]?.failureSummary ?? ''}`);
  });
}

async function setTheme(page: Page, name: string): Promise<void> {
  await command(page, 'Preferences: Color Theme');
  await answer(page, name);
  await page.waitForTimeout(700);
}

test('a foreach: counted in tree, cell and page; failed tasks first; no page has a fault that axe knows of, in any theme', async () => {
  const page = await code.open('one/sweep.ipynb', CELLS);
  await showHeadwater(page);
  for (const number of [1, 2]) {
    await page.locator(RUN_FLOW).click();
    await ended(page, number);
  }
  await expect.poll(() => badges(page)).toContainEqual(expect.stringMatching(/^train ← make · each lr in rates · 2 of 3 failed/));
  expect(await runRow(page, 2).textContent()).toContain('Failed · 2 of 3 in train');
  await unfold(runsTree(page), /^2Failed/);
  await unfold(runsTree(page), /^train/);
  await expect.poll(() => rowsOf(runsTree(page))).toEqual(expect.arrayContaining([
    expect.stringMatching(/^trainFailed · 2 failed · 1 done/), expect.stringMatching(/^train\[1\]Failed · lr 0\.01/), expect.stringMatching(/^train\[0\]Done · lr 0\.1/),
  ]));
  await unfold(runsTree(page), /^All tasks, as lists/);
  await expect.poll(() => rowsOf(runsTree(page))).toContainEqual(expect.stringMatching(/^scorelist · 1 × float/));
  await runRow(page, 2).click();
  const run = await webview(page, '.hw-runpage');
  await run.getByRole('region', { name: 'What failed' }).getByText('train failed: 2 of 3 tasks.').waitFor();
  const found: string[] = [];
  const note = (where: string, faults: readonly string[]) => found.push(...faults.map((fault) => `${where}: ${fault}`));
  for (const theme of THEMES) {
    await setTheme(page, theme);
    await run.getByRole('tab', { name: 'Graph' }).click();
    await run.locator('[data-step="train"]').press('Enter');
    for (const tab of TABS) {
      await run.getByRole('tab', { name: tab }).click();
      if (tab === 'Artifacts') await run.getByRole('button', { name: 'Load list' }).waitFor();
      await page.waitForTimeout(300);
      note(`${theme}, ${tab}`, await look(run));
    }
    await page.screenshot({ path: `.cache/vscode-page-${theme.replaceAll(' ', '-')}.png` });
    await command(page, 'Headwater: Compare Last Two Runs');
    note(`${theme}, compare`, await look(await webview(page, '.hw-compare table')));
    await command(page, 'Headwater: Open Runs as Table');
    note(`${theme}, runs`, await look(await webview(page, '.hw-runstable, .hw-panel table')));
    // The page that is there shows the next run, and the first one again.
    for (const number of [1, 2]) {
      await runRow(page, number).click();
      await run.getByRole('heading', { name: `sweep/${String(number)}` }).waitFor();
    }
  }
  expect(found).toEqual([]);
  await page.close();
});

test('the report of a run is a page of the editor, and a file', async () => {
  const page = await code.open('two/told.ipynb', [['#', '# Sevens'], ['step:make', 'print("it is", 7 * 6)']]);
  await showHeadwater(page);
  await page.locator(RUN_FLOW).click();
  await ended(page, 1);
  await chooseInMenu(page, runRow(page, 1), 'Open Report');
  const report = await webview(page, '.hw-report iframe');
  await report.frameLocator('.hw-report iframe').getByText('it is 42').waitFor();
  expect(await look(report)).toEqual([]);
  await report.getByRole('button', { name: 'Save as' }).click();
  await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  await expect.poll(() => existsSync(code.path('two/told-1.html'))).toBe(true);
  expect(readFileSync(code.path('two/told-1.html'), 'utf8')).toContain('it is 42');
  await page.close();
});

test('a page that cannot be drawn says so instead of going blank, and is drawn when it can be', async () => {
  const page = await code.open('three/torn.ipynb', [['step:make', 'seven = 7']]);
  await showHeadwater(page);
  for (const number of [1, 2]) {
    await page.locator(RUN_FLOW).click();
    await ended(page, number);
  }
  await runRow(page, 1).click();
  const shown = await webview(page, '.hw-runpage h1');
  await shown.evaluate(TEAR_RUNS);
  await runRow(page, 2).click();
  const said = shown.getByRole('alert').filter({ hasText: 'Headwater could not draw this.' });
  await said.waitFor();
  expect(await look(shown)).toEqual([]);
  await said.getByRole('button', { name: 'Copy support bundle' }).click();
  await page.locator('.statusbar', { hasText: 'Copied: versions and the log of the service' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(TRACE);
  await shown.evaluate(MEND_RUNS);
  await said.getByRole('button', { name: 'Retry now' }).click();
  await shown.getByRole('heading', { name: 'torn/2' }).waitFor();
  await page.close();
});
