// Every panel under axe, in light, dark and high contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, openRun, tab } from '../helpers/lab-runs.ts';
import { command, Lab, runPage, runsPanel } from '../helpers/lab.ts';

const CELLS = [
  ['parameters', 'limit = 0.05  # the least'],
  ['step:make', 'import pandas as pd\nrates = [0.1, 0.01, 0.001]\nframe = pd.DataFrame({"a": range(9), "b": ["x"] * 9})\nframe'],
  ['step:train foreach:lr=rates', 'print("training", lr)\nscore = 1 - lr\nassert lr > limit, f"rate {lr} is too small"'],
  ['step:pick join:scores=score', 'best = max(scores)'],
] as const;
const THEMES = ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const lab = new Lab();
beforeAll(() => lab.start());
afterAll(() => lab.end());

async function useTheme(page: Page, theme: string): Promise<void> {
  await page.locator('.jp-Notebook .cm-content').first().click();
  await command(page, `Use Theme: ${theme}`);
  await page.locator(`body[data-jp-theme-name="${theme}"]`).waitFor({ state: 'attached' });
}

/** What of a page's globals is used. */
interface Browser {
  readonly axe: { run: (context: unknown) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }> };
  readonly document: { querySelectorAll: (selector: string) => Iterable<{ readonly offsetParent: unknown }> };
}

/** What axe finds in the panels that are seen. */
async function scan(page: Page): Promise<string[]> {
  await page.waitForTimeout(400);
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe, document } = globalThis as unknown as Browser;
    const panels = [...document.querySelectorAll('.hw-panel')].filter((panel) => panel.offsetParent !== null);
    // A report is looked at from outside: its frame has no rights, axe's script among them.
    const { violations } = await axe.run({ include: panels, exclude: [['iframe']] });
    return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0]?.target)} ${nodes[0]?.failureSummary ?? ''}`);
  });
}

test('axe finds nothing in any panel', async () => {
  const page = await lab.open('axe/sweep.ipynb', CELLS);
  for (const number of [1, 2]) {
    await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Run flow' }).click();
    await ended(page, number);
  }
  // Lab's body has no height, and axe then leaves contrast out.
  await page.addStyleTag({ content: 'body{overflow:visible!important}' });
  for (const theme of THEMES) {
    await page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: 'sweep.ipynb' }).first().click();
    await useTheme(page, theme);
    await openRun(page, 2);
    for (const name of ['Graph', 'Timeline', 'Tasks', 'Logs', 'Artifacts', 'Code', 'Environment']) {
      await tab(page, name);
      expect(await scan(page), `${theme}, ${name}`).toEqual([]);
    }
    await tab(page, 'Graph');
    await runPage(page).locator('[data-step="train"]').click();
    for (const name of ['Graph', 'Artifacts']) {
      await tab(page, name);
      await runPage(page).getByRole('button', { name: 'Load list' }).waitFor();
      expect(await scan(page), `${theme}, lists in ${name}`).toEqual([]);
    }
    await runPage(page).locator('.hw-branch').first().click();
    for (const name of ['Graph', 'Timeline', 'Tasks', 'Logs', 'Artifacts']) {
      await tab(page, name);
      expect(await scan(page), `${theme}, a branch in ${name}`).toEqual([]);
    }
    await runPage(page).getByRole('button', { name: 'Compare' }).click();
    await page.locator('.hw-compare:visible table').waitFor();
    expect(await scan(page), `${theme}, compare`).toEqual([]);
    await runsPanel(page).getByRole('button', { name: 'Open as table' }).click();
    await page.locator('.hw-runstable:visible table').waitFor();
    expect(await scan(page), `${theme}, table of runs`).toEqual([]);
    await openRun(page, 2);
    await runPage(page).getByRole('button', { name: 'Report' }).click();
    await page.locator('.hw-report:visible iframe').waitFor();
    expect(await scan(page), `${theme}, report`).toEqual([]);
  }
  await page.close();
});
