// A real VS Code with our VSIX, and a real browser. `HEADWATER_CODE` says what `scripts/journeys.mjs` made.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { runAtEnd } from './bound.ts';
import { CHROMIUM, keepFailure, PATIENCE_MS } from './chromium.ts';
import { codeEnvironment, prepareHome, type CodeParts, type CodeServer } from './code-home.ts';
import { freePort } from './free-port.ts';
import { notebookText, type CellLiteral } from './notebook.ts';
import { installUv } from './uv.ts';

export interface CodeOptions {
  /** The newest unless said otherwise. */
  readonly version?: 'newest' | 'oldest';
  /** Whether the double of the Jupyter extension is there. */
  readonly jupyter?: boolean;
  /** Workspace trust is on: nothing is trusted until the person says so. */
  readonly trust?: boolean;
  /** Settings of the machine. */
  readonly settings?: Readonly<Record<string, string>>;
}

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

export class Code {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-code-'));
  readonly #options: CodeOptions;
  readonly #log = path.join(this.folder, 'server.log');
  #server: ChildProcess | null = null;
  #endServer: () => Promise<void> = () => Promise.resolve();
  #browser: Browser | null = null;
  #port = 0;

  constructor(options: CodeOptions = {}) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { newest, oldest, ...made } = JSON.parse(process.env['HEADWATER_CODE'] ?? '{}') as Omit<CodeParts, keyof CodeServer> & Readonly<Record<'newest' | 'oldest', CodeServer>>;
    const parts: CodeParts = { ...made, ...(this.#options.version === 'oldest' ? oldest : newest) };
    this.#port = await freePort();
    mkdirSync(this.path(''), { recursive: true });
    const home = path.join(this.folder, 'home');
    // The engine runs under the newest editor's own Node; the oldest one's is too old, so another is named.
    const settings = { ...(this.#options.version === 'oldest' ? { 'headwater.node': newest.node } : {}), ...this.#options.settings };
    const args = prepareHome(home, parts, { jupyter: this.#options.jupyter ?? true, settings });
    const more = ['--bind-addr', `127.0.0.1:${String(this.#port)}`, ...(this.#options.trust === true ? [] : ['--disable-workspace-trust'])];
    const env = { ...codeEnvironment(parts.python), ...installUv(home), PATH: `${path.dirname(parts.python)}:/usr/bin:/bin`, HOME: home };
    const log = openSync(this.#log, 'w');
    // A group of its own: the extension host outlives its server for a moment.
    this.#server = spawn(parts.node, [...args, ...more], { env, stdio: ['ignore', log, log], detached: true });
    this.#endServer = runAtEnd('sh', '-c', `kill -TERM -${String(this.#server.pid)}`);
    await this.#answers();
    this.#browser = await chromium.launch({ executablePath: CHROMIUM, handleSIGTERM: false, args: QUIET });
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    await this.#endServer();
    await new Promise((resolve) => setTimeout(resolve, 500));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  path(name: string): string {
    return path.join(this.folder, 'work', name);
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): { cells: { metadata: Record<string, unknown>; outputs?: unknown[] }[] } {
    return JSON.parse(readFileSync(this.path(name), 'utf8')) as ReturnType<Code['read']>;
  }

  /** A notebook in a folder of its own, opened. */
  async open(name: string, cells: readonly CellLiteral[]): Promise<Page> {
    this.write(name, notebookText(cells));
    const page = await this.window(path.dirname(this.path(name)));
    await openFile(page, path.basename(name));
    return page;
  }

  async window(folder: string): Promise<Page> {
    if (this.#browser === null) throw new Error('the browser is not started');
    const context = await this.#browser.newContext({ viewport: { width: 1500, height: 950 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    onTestFailed(({ task }) => keepFailure(`vscode ${task.name}`, page, [this.#log]));
    await page.goto(`http://127.0.0.1:${String(this.#port)}/?folder=${folder}`);
    await page.locator('.monaco-workbench .part.activitybar').waitFor();
    return page;
  }

  /** Runs a suite in the extension host of a window, with the extension as it is packed. */
  async inHost(folder: string, suite: string): Promise<void> {
    if (this.#browser === null) throw new Error('the browser is not started');
    const page = await (await this.#browser.newContext()).newPage();
    const ended = new Promise<void>((resolve) => void page.exposeFunction('codeAutomationExit', () => resolve()));
    await page.exposeFunction('codeAutomationLog', () => undefined);
    const uri = (file: string) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${String(this.#port)}`, path: file });
    // The editor reads these options of a test from its page; a server gives none, so they are put in where they are read.
    await page.addInitScript(`{
      const read = Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = read.call(this, name);
        if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
        return JSON.stringify({ ...JSON.parse(value), developmentOptions: ${JSON.stringify({ extensions: [uri(path.resolve('.cache/vsix'))], extensionTestsPath: uri(suite) })} });
      };
    }`);
    await page.goto(`http://127.0.0.1:${String(this.#port)}/?folder=${folder}`);
    await ended;
    await page.close();
  }

  /** The process of the service of one window. */
  enginePid(folder: string): number {
    const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).find((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes('headwater.mjs\0serve') && line.includes(this.path(folder));
      } catch {
        return false;
      }
    });
    if (found === undefined) throw new Error('no engine is running');
    return Number(found);
  }

  async #answers(): Promise<void> {
    while (this.#server?.exitCode === null) {
      const reply = await fetch(`http://127.0.0.1:${String(this.#port)}/healthz`).catch(() => null);
      if (reply?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`VS Code did not start: ${readFileSync(this.#log, 'utf8')}`);
  }
}

// ---------------------------------------------------------------- what a person does

export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.notebookOverlay .cell-list-container .monaco-list-row').first().waitFor({ state: 'attached' });
}

export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

export const choices = (page: Page): Locator => page.locator('.quick-input-list .monaco-list-row');

/** Types into the quick input that is open and takes it. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget input').first().fill(text);
  await page.keyboard.press('Enter');
}

export const cell = (page: Page, at: number): Locator => page.locator('.notebookOverlay .cell-list-container .monaco-list-row').nth(at);

export async function focusCell(page: Page, at: number): Promise<void> {
  await cell(page, at).locator('.view-lines').click();
}

export async function setCode(page: Page, at: number, code: string): Promise<void> {
  await focusCell(page, at);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(code);
}

/** The text below a cell: what it is to the flow. */
export async function badges(page: Page): Promise<string[]> {
  const texts = await page.locator('.cell-status-item').allTextContents();
  return texts.map((text) => text.trim()).filter((text) => !/^(Python|[\d.]+s|)$/.test(text));
}

export async function runCell(page: Page, at: number): Promise<void> {
  await focusCell(page, at);
  await page.locator('.notebookOverlay .run-button-container .codicon-notebook-execute:visible').last().click();
}

/** What is shown under the cells. */
export async function outputs(page: Page): Promise<string> {
  const texts = await Promise.all(page.frames().map((frame) => frame.evaluate<string>("[...document.querySelectorAll('.output_container')].map((each) => each.innerText).join('\\n')").catch(() => '')));
  return texts.join('\n').trim();
}

const pane = (page: Page, title: string): Locator => page.locator('.pane', { has: page.locator('.pane-header', { hasText: title }) }).first();
export const runsTree = (page: Page): Locator => pane(page, 'Runs');
export const flowTree = (page: Page): Locator => pane(page, 'Flow');
export const rowsOf = (tree: Locator): Promise<string[]> => tree.locator('.monaco-list-row').allTextContents();

/** Chosen by the keyboard: a menu takes no click in its first moment. */
export async function chooseInMenu(page: Page, row: Locator, label: string): Promise<void> {
  await row.click({ button: 'right' });
  await page.locator('.context-view .action-label', { hasText: label }).hover();
  await page.keyboard.press('Enter');
}

export async function showHeadwater(page: Page): Promise<void> {
  await page.locator('.activitybar .action-label[aria-label*="Headwater"]').click();
}

export async function unfold(tree: Locator, text: string | RegExp): Promise<Locator> {
  const row = tree.locator('.monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  if (await row.getAttribute('aria-expanded') !== 'true') await row.locator('.monaco-tl-twistie').click();
  return row;
}

/** A row's button appears under the pointer. */
export async function press(row: Locator, label: string): Promise<void> {
  await row.hover();
  await row.locator(`.action-label[aria-label="${label}"]`).click();
}

export const toast = (page: Page, text: string | RegExp): Locator => page.locator('.notification-toast', { hasText: text }).first();
export const dialog = (page: Page): Locator => page.locator('.monaco-dialog-box');

/** What a reload brings back. In a browser the editor writes that down every few seconds only, for a page that goes cannot wait. */
export function tabsWrittenDown(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => {
    const result = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db-')) continue;
      const database = await result(indexedDB.open(name));
      if (database.objectStoreNames.contains('ItemTable')) found.push(await result(database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor')));
      database.close();
    }
    return found.filter(Boolean).join('\\n');
  })()`);
}

/** The document of a page of ours. */
export async function webview(page: Page, selector: string): Promise<Frame> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    for (const frame of page.frames()) {
      if (await frame.locator(selector).first().isVisible().catch(() => false)) return frame;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`no page shows ${selector}`);
}
