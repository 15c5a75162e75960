// A project folder of its own, and the command run in it as a person would: real processes, real disk, whole outputs.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { notebookText, type CellLiteral } from './notebook.ts';
import { bin } from './packed.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const BIN = bin();
export const PYTHON = path.join(ROOT, '.venv/bin/python');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

export class Project {
  readonly folder: string;
  env: Record<string, string | undefined>;

  constructor(name = 'project') {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'headwater-test-'));
    this.folder = path.join(parent, name);
    mkdirSync(this.folder);
    this.env = { ...process.env, VIRTUAL_ENV: path.join(ROOT, '.venv'), HEADWATER_STORE: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };
    // A run process may still write its last words.
    const remove = () => rmSync(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    try {
      onTestFinished(remove);
    } catch {
      // Made outside a test, for several of them.
      process.once('exit', remove);
    }
  }

  path(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  write(name: string, text: string): string {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
    return name;
  }

  notebook(name: string, cells: readonly CellLiteral[], metadata: Record<string, unknown> = {}): string {
    return this.write(name, notebookText(cells, metadata));
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** As a shell would start it. */
  command(...args: string[]): string[] {
    return [process.execPath, BIN, ...args];
  }

  /** The command, still running. */
  start(args: readonly string[], user: { uid?: number } = {}): ChildProcess {
    return spawn(process.execPath, [BIN, ...args], { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  }

  /** The command to its end; paths of this machine are written as PROJECT and PYTHON. Never throws. */
  async headwater(...args: string[]): Promise<Ended> {
    return this.end(this.start(args));
  }

  /** A line of the shell to its end. */
  async shell(line: string): Promise<Ended> {
    return this.end(spawn('sh', ['-c', line], { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  async end(child: ChildProcess): Promise<Ended> {
    const text = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stdout: this.#plain(text.stdout), stderr: this.#plain(text.stderr) };
  }

  /** A run's events, and how it ended. */
  async run(notebook: string, ...args: string[]): Promise<{ events: RunEvent[]; status: unknown; ended: Ended }> {
    const ended = await this.headwater('run', notebook, '--json', ...args);
    const events = ended.stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as RunEvent);
    return { events, status: events.at(-1)?.['status'], ended };
  }

  /** There is a run of that name. */
  async untilRun(run: string): Promise<void> {
    while (!(await this.headwater('show', run)).stdout.includes(run)) await sleep(300);
  }

  /** What Python prints for these lines, with the client on its path. */
  async python(code: string, ...args: string[]): Promise<string> {
    const child = spawn(PYTHON, ['-c', code, ...args], { cwd: this.folder, env: { ...this.env, PYTHONPATH: path.join(ROOT, 'kernel-bridge/python') } });
    const ended = await this.end(child);
    return ended.stdout + ended.stderr;
  }

  #plain(text: string): string {
    return text.replaceAll(this.folder, 'PROJECT').replaceAll(PYTHON, 'PYTHON').replaceAll(/ {2}\d+\.\d s$/gm, '  TIME');
  }
}
