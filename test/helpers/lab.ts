// A real JupyterLab with our wheels, and a real browser. `HEADWATER_LAB` and `HEADWATER_LAB_OLDEST` name the environments' Pythons; `scripts/lab.mjs` makes them.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { CHROMIUM, keepFailure, PATIENCE_MS } from './chromium.ts';
import { freePort } from './free-port.ts';
import { notebookText, type CellLiteral } from './notebook.ts';
import { installUv } from './uv.ts';

const TOKEN = 'only-for-this-test';
/** As under JupyterHub. */
const BASE = '/user/me/';
const LAST_WORDS_MS = 20_000;

export interface LabOptions {
  /** The newest unless said otherwise. */
  readonly version?: 'newest' | 'oldest';
  /** JupyterLab unless said otherwise. */
  readonly program?: 'lab' | 'notebook';
  /** More options of its server. */
  readonly args?: readonly string[];
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Lab {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-lab-'));
  readonly errors: string[] = [];
  /** The interpreter of its environment. */
  readonly python: string;
  readonly #environment: Record<string, string> = {};
  readonly #log = path.join(this.folder, 'server.log');
  #server: ChildProcess | null = null;
  #browser: Browser | null = null;
  readonly #program: 'lab' | 'notebook';
  readonly #args: readonly string[];
  #port = 0;

  constructor({ version = 'newest', program = 'lab', args = [], env = {} }: LabOptions = {}) {
    this.#program = program;
    this.#args = args;
    Object.assign(this.#environment, env);
    this.python = process.env[version === 'oldest' ? 'HEADWATER_LAB_OLDEST' : 'HEADWATER_LAB'] ?? path.resolve(version === 'oldest' ? '.cache/lab-oldest/bin/python' : '.cache/lab/bin/python');
  }

  async start(): Promise<void> {
    this.#port = await freePort();
    mkdirSync(path.join(this.folder, 'work'));
    Object.assign(this.#environment, installUv(path.join(this.folder, 'home')));
    await this.startServer();
    this.#browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }

  /** Again at the same address, after `killServer`. */
  async startServer(): Promise<void> {
    const home = path.join(this.folder, 'home');
    const env = { ...this.#environment, HOME: home, PATH: programsWithoutNode(path.join(home, 'programs')), LANG: 'C.UTF-8', JUPYTER_CONFIG_DIR: path.join(home, 'config'), JUPYTER_DATA_DIR: path.join(home, 'data'), JUPYTER_RUNTIME_DIR: path.join(home, 'run'), IPYTHONDIR: path.join(home, 'ipython') };
    const options = ['--no-browser', '--allow-root', `--ServerApp.port=${String(this.#port)}`, '--ServerApp.ip=127.0.0.1', '--ServerApp.port_retries=0', `--ServerApp.base_url=${BASE}`, `--IdentityProvider.token=${TOKEN}`, `--ServerApp.root_dir=${path.join(this.folder, 'work')}`, ...this.#args];
    const log = openSync(this.#log, 'w');
    this.#server = spawn(this.python, ['-m', this.#program === 'lab' ? 'jupyterlab' : 'notebook', ...options], { env, stdio: ['ignore', log, log], cwd: path.join(this.folder, 'work') });
    await this.#answers();
  }

  /** As the kernel of an operating system does it that lacks memory. */
  async killServer(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
    server.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    const server = this.#server;
    const ended = new Promise<void>((resolve) => { if (server === null || server.exitCode !== null) resolve(); else server.once('close', () => resolve()); });
    server?.kill();
    // Told to end while a kernel starts, the server waits for that kernel for ever.
    const kill = setTimeout(() => server?.kill('SIGKILL'), LAST_WORDS_MS);
    await ended;
    clearTimeout(kill);
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return path.join(this.folder, 'work', name);
  }

  read(name: string): { cells: { metadata: Record<string, unknown>; outputs?: unknown[] }[] } {
    return JSON.parse(readFileSync(this.path(name), 'utf8')) as ReturnType<Lab['read']>;
  }

  /** A notebook in a folder of its own, opened; its kernel is ready. */
  async open(name: string, cells: readonly CellLiteral[]): Promise<Page> {
    if (!existsSync(path.dirname(this.path(name)))) mkdirSync(path.dirname(this.path(name)));
    writeFileSync(this.path(name), notebookText(cells));
    const context = await this.#requireBrowser().newContext({ viewport: { width: 1500, height: 950 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    onTestFailed(({ task }) => keepFailure(`jupyter ${task.name}`, page, [this.#log, path.join(this.folder, 'home/.local/state/headwater/service.log')]));
    page.on('pageerror', (error) => { if (!isJupyterLabs(error)) this.errors.push(error.message); });
    await page.goto(`http://127.0.0.1:${String(this.#port)}${BASE}${this.#program === 'lab' ? 'lab/tree' : 'notebooks'}/${name}?token=${TOKEN}&reset`);
    await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
    await page.locator('[data-status="idle"]').first().waitFor();
    const news = page.getByRole('button', { name: 'No', exact: true });
    if (await news.count() > 0) await news.click();
    return page;
  }

  /** The process of the engine that serves this server. */
  enginePid(): number {
    const { pid = 0 } = this.#server ?? {};
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim().split(' ').map(Number);
    const engine = children.find((child) => readFileSync(`/proc/${String(child)}/cmdline`, 'utf8').includes('headwater.mjs'));
    if (engine === undefined) throw new Error('no engine is running');
    return engine;
  }

  #requireBrowser(): Browser {
    if (this.#browser === null) throw new Error('the browser is not started');
    return this.#browser;
  }

  async #answers(): Promise<void> {
    while (this.#server?.exitCode === null) {
      const reply = await fetch(`http://127.0.0.1:${String(this.#port)}${BASE}api`).catch(() => null);
      if (reply?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`JupyterLab did not start: ${readFileSync(this.#log, 'utf8')}`);
  }
}

/** The system's programs but Node, which the engine brings along: who installs our wheels may have none. Returns the folder. */
function programsWithoutNode(folder: string): string {
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  const programs = new Map(['/bin', '/usr/bin'].flatMap((from) => readdirSync(from).map((name) => [name, path.join(from, name)] as const)));
  for (const [name, program] of programs) if (!NODES.has(name)) symlinkSync(program, path.join(folder, name));
  return folder;
}

const NODES = new Set(['node', 'nodejs', 'npm', 'npx', 'corepack']);

/** It asks a kernel that went with its server, or the server itself for another, and nothing of ours was on the way there. */
const isJupyterLabs = ({ message, stack = '' }: Error) => ['Kernel is dead', 'Failed to fetch'].includes(message) && !stack.includes('headwater');

// ---------------------------------------------------------------- what a person does

export const cell = (page: Page, at: number): Locator => page.locator('.jp-Notebook:visible .jp-Cell').nth(at);

export async function tagAsStep(page: Page, at: number, name: string): Promise<void> {
  await cell(page, at).locator('.cm-content').click();
  await cell(page, at).locator('[data-command="headwater:tag-menu"]').click();
  await page.locator('.lm-Menu-item', { hasText: 'Step…' }).first().click();
  await page.locator('.jp-Dialog input').fill(name);
  await page.keyboard.press('Enter');
}

/** One key at a time, and only where it means what it should. */
const IN_PALETTE = `(label) => {
  const input = document.querySelector('.lm-CommandPalette-input');
  if (input === null || document.activeElement !== input) return 'closed';
  if (input.value !== label) return document.execCommand('insertText', false, label) ? 'typed' : 'closed';
  const marked = document.querySelector('.lm-CommandPalette-item.lm-mod-active')?.textContent.includes(label) === true;
  const [key, keyCode] = marked ? ['Enter', 13] : ['ArrowDown', 40];
  input.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }));
  return marked ? 'done' : 'looking';
}`;

/**
 * A command from the palette, by the keyboard. JupyterLab closes its palette whenever any command runs, and runs some of its own when it hears of a kernel:
 * a person who sees that opens it again.
 */
export async function command(page: Page, label: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const found = await page.evaluate<string>(`(${IN_PALETTE})(${JSON.stringify(label)})`);
    if (found === 'done') return;
    if (found !== 'closed') {
      await page.waitForTimeout(50);
      continue;
    }
    await page.keyboard.press('Control+Shift+C');
    await page.locator('.lm-CommandPalette-input:focus').waitFor({ timeout: 2000 }).catch(() => undefined);
  }
  throw new Error(`the palette does not come to ${label}`);
}

/** Runs code in a new cell below all others, and gives what it shows. */
export async function runCell(page: Page, code: string): Promise<string> {
  const cells = page.locator('.jp-Notebook:visible .jp-Cell');
  const before = await cells.count();
  await cells.last().locator('.cm-content').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  // It is there, and takes keys, a moment after.
  await cells.nth(before).locator('.cm-content').click();
  await page.keyboard.insertText(code);
  await page.keyboard.press('Control+Enter');
  const last = cells.nth(before);
  await last.locator('.jp-OutputArea-output').first().waitFor();
  return (await last.locator('.jp-OutputArea-output').allInnerTexts()).join('\n').trim();
}

export async function setCode(page: Page, at: number, code: string): Promise<void> {
  await cell(page, at).locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(code);
}

export const showNotebook = (page: Page, name: string) => page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: name }).first().click();
export const runsPanel = (page: Page): Locator => page.getByRole('region', { name: 'Headwater runs' });
export const runPage = (page: Page): Locator => page.locator('.hw-runpage:visible');
