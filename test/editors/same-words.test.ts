// One notebook and one store in both editors: the same fact has the same words, in the same order, with the same numbers.
// What each host draws in its own way (a tree instead of a list, quick input instead of a form) is taken apart here; what it says is compared.

import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badges as codeBadges, choices, Code, command, flowTree, openFile, runsTree, showHeadwater, webview } from '../helpers/code.ts';
import { PATIENCE_MS } from '../helpers/chromium.ts';
import { ended, openRun, run, tab } from '../helpers/lab-runs.ts';
import { Lab, runPage, runsPanel, showNotebook } from '../helpers/lab.ts';
import { RUN_FLOW, runRow } from '../vscode/flows.ts';

const CELLS = [
  ['parameters', 'limit = 0.05  # the least that is taken\nnoise = 0.5'],
  ['setup', 'import pandas as pd'],
  ['step:make', 'rates = [0.1, 0.01, 0.001]\nframe = pd.DataFrame({"a": range(9), "b": ["x"] * 9})\nframe'],
  ['step:train foreach:lr=rates', 'print("training", lr)\nscore = 1 - lr\nif lr < limit:\n    raise ValueError(f"rate {lr} is too small")'],
  ['step:pick join:scores=score', 'import headwater\nbest = max(scores)\nheadwater.current.metrics(best=best)'],
  ['', 'draft = frame.head(3)'],
  ['step:report', 'length = len(frame) + noise'],
  ['step:warn on-failure', 'print("it failed")'],
] as const;
/** Each tab, and a word of what it holds: its frame is there before that. */
const TABS = { Graph: 'train', Timeline: 'report', Tasks: 'train[2]', Logs: 'Traceback', Artifacts: 'DataFrame', Code: 'import pandas', Environment: 'IPython' };
const BRANCH_TABS = { Graph: 'Made score 0.99', Logs: 'training 0.01', Artifacts: 'score float 0.99' };

/** How long ago it was differs by when it is looked at. */
const plain = (text: string) => text.replaceAll(/\d+ (s|min) ago/g, 'AGO').replaceAll(/\s+/g, ' ').trim();

/** What is written there, once it has that word and does not change any more. */
async function settled(place: Locator, word: string): Promise<string> {
  let before = '';
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const now = plain(await place.innerText());
    if (now.includes(word) && now === before && !now.includes('Loading')) return now;
    before = now;
    await place.page().waitForTimeout(400);
  }
  throw new Error(`it does not come to rest: ${before}`);
}

/** A run page, by its tabs; and once with a branch of the foreach chosen. */
async function readRunPage(page: Page | Frame): Promise<Record<string, string>> {
  const shown = page.locator('.hw-runpage:visible');
  const read: Record<string, string> = {};
  const readTabs = async (of: string, tabs: Readonly<Record<string, string>>) => {
    for (const [name, word] of Object.entries(tabs)) {
      await shown.getByRole('tab', { name }).click();
      read[`${of}${name}`] = await settled(shown, word);
    }
  };
  await readTabs('', TABS);
  await shown.getByRole('tab', { name: 'Graph' }).click();
  await shown.locator('[data-step="train"]').click();
  await shown.locator('.hw-branch').first().click();
  await readTabs('a branch: ', BRANCH_TABS);
  await shown.locator('.hw-showing button').click();
  await shown.locator('.hw-showing button').click();
  await shown.getByRole('tab', { name: 'Artifacts' }).click();
  await shown.getByRole('row', { name: /^frame / }).getByRole('cell').first().click();
  read['an artifact'] = await settled(shown, 'First 9 of 9 rows');
  return read;
}

const lab = new Lab();
const code = new Code();
beforeAll(async () => { await lab.start(); await code.start(); });
afterAll(async () => { await code.end(); await lab.end(); });

interface Seen {
  readonly badges: readonly string[];
  /** Number, state, how far: a list says more where a tree has a tooltip. */
  readonly runs: readonly string[];
  readonly flow: readonly string[];
  readonly form: readonly string[];
  readonly refusal: string;
  readonly run: Readonly<Record<string, string>>;
  readonly compare: string;
  readonly table: string;
  readonly frame: string;
}

async function inJupyter(page: Page): Promise<Seen> {
  const marks = await page.locator('.jp-Notebook:visible .jp-Cell').evaluateAll((cells) => cells.map((cell) => (cell as unknown as { getAttribute: (name: string) => string | null }).getAttribute('data-hw-badge') ?? ''));
  await runsPanel(page).locator('.hw-row .hw-num', { hasText: 'best' }).waitFor();
  const runs = await runsPanel(page).locator('.hw-row').evaluateAll((rows) => rows.map((row) => {
    const part = (selector: string) => (row as unknown as { querySelector: (selector: string) => { textContent: string } }).querySelector(selector).textContent.trim();
    return [part('.hw-clip'), part('.hw-num')].join(' ');
  }));
  const flow = await page.locator('.hw-flow li').allInnerTexts();
  await page.locator('.jp-NotebookPanel-toolbar:visible [data-command="headwater:run"]').click();
  const dialog = page.locator('.jp-Dialog');
  await dialog.locator('.hw-command').waitFor();
  const rows: string[] = [];
  for (const row of await dialog.locator('.hw-formrow').all()) rows.push([await row.locator('label').innerText(), await row.locator('input, select').inputValue()].join(' '));
  const form = [...rows, await dialog.locator('.hw-command').innerText()].map(plain);
  await dialog.locator('#hw-parameter-limit').fill('many');
  await dialog.getByRole('button', { name: 'Run flow' }).click();
  const refused = page.locator('.jp-Dialog', { hasText: 'This notebook was not run' });
  const refusal = plain(await refused.locator('.jp-Dialog-body').innerText());
  await refused.getByRole('button', { name: 'Close' }).click();
  await openRun(page, 2);
  const read = await readRunPage(page);
  await runPage(page).getByRole('button', { name: 'Open as table' }).click();
  const frame = await settled(page.locator('.hw-tableview:visible'), 'x');
  await openRun(page, 2);
  await runPage(page).getByRole('button', { name: 'Compare' }).click();
  const compare = await settled(page.locator('.hw-compare:visible'), '0.0001');
  await runsPanel(page).getByRole('button', { name: 'Open as table' }).click();
  const table = await settled(page.locator('.hw-runstable:visible'), '0.0001');
  return { badges: marks.filter((mark) => mark !== ''), runs: runs.map(plain), flow: flow.map(plain), form, refusal, run: read, compare, table, frame };
}

async function inCode(page: Page): Promise<Seen> {
  await expect.poll(() => codeBadges(page)).toHaveLength(7);
  const marks = await codeBadges(page);
  const rowsOf = async (tree: Locator, more = '') => {
    const found: string[] = [];
    for (const row of await tree.locator(`.monaco-list-row${more}`).all()) found.push([await row.locator('.label-name').innerText(), await row.locator('.label-description').innerText()].join(' '));
    return found;
  };
  await expect.poll(() => runsTree(page).locator('.monaco-list-row[aria-level="2"]').count()).toBe(2);
  await runsTree(page).locator('.monaco-list-row', { hasText: 'best' }).waitFor();
  const runs = (await rowsOf(runsTree(page), '[aria-level="2"]')).map((row) => plain(row).replaceAll(/ ?· ?(AGO)?/g, ' ').trim());
  const flow = (await rowsOf(flowTree(page))).map((row) => plain(row).replaceAll(' · ', ' '));
  await page.locator(RUN_FLOW).click();
  await page.locator('.quick-input-title', { hasText: 'Run flow' }).waitFor();
  const rows: string[] = [];
  const [first, ...parameters] = await choices(page).all();
  const text = async (row: Locator | undefined, part: string) => (row === undefined || await row.locator(part).count() === 0 ? '' : row.locator(part).first().innerText());
  for (const row of parameters) rows.push([await text(row, '.label-name'), await text(row, '.quick-input-list-label-meta'), await text(row, '.label-description')].join(' '));
  const form = [...rows, await text(first, '.quick-input-list-label-meta')].map(plain);
  await choices(page).filter({ hasText: /^\W*limit/ }).click();
  await page.locator('.quick-input-title', { hasText: 'limit' }).waitFor();
  await page.locator('.quick-input-widget input').first().fill('many');
  await page.keyboard.press('Enter');
  await choices(page).filter({ hasText: '-p limit=many' }).waitFor();
  await page.keyboard.press('Enter');
  const refusal = plain(await page.locator('.notification-toast .notification-list-item-message').first().innerText());
  await runRow(page, 2).click();
  const shown = await webview(page, '.hw-runpage');
  const read = await readRunPage(shown);
  await shown.getByRole('button', { name: 'Open as table' }).click();
  const frame = await settled((await webview(page, '.hw-tableview')).locator('.hw-tableview'), 'x');
  await command(page, 'Headwater: Compare Last Two Runs');
  const compare = await settled((await webview(page, '.hw-compare')).locator('.hw-compare'), '0.0001');
  await command(page, 'Headwater: Open Runs as Table');
  const table = await settled((await webview(page, '.hw-runstable')).locator('.hw-runstable'), '0.0001');
  return { badges: marks, runs, flow, form, refusal, run: read, compare, table, frame };
}

test('both editors say the same', async () => {
  const page = await lab.open('same/sweep.ipynb', CELLS);
  await run(page, 1, { limit: '0.0001' });
  await run(page, 2, { limit: '0.05' });
  await ended(page, 2);
  await openRun(page, 2);
  await tab(page, 'Graph');
  await showNotebook(page, 'sweep.ipynb');
  await expect.poll(() => page.locator('[data-hw-badge^="train ← make · each lr in rates · 2 of 3 failed"]').count()).toBe(1);
  const jupyter = await inJupyter(page);
  await page.close();
  const window = await code.window(lab.path(''));
  await openFile(window, 'sweep.ipynb');
  await showHeadwater(window);
  const vscode = await inCode(window);
  await window.close();
  expect(vscode).toEqual(jupyter);
  // What a look at nothing would not show.
  expect(jupyter.runs).toEqual(['2 Failed 2 of 3 in train', '1 Done best 0.999']);
});
