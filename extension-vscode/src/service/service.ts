// The connection of this window to its service, and what the editor's settings, trust and folders say about that.

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Link, t } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';
import { dialEngine } from './dial.ts';
import { Engine, type EngineStart } from './engine.ts';
import { findNode } from './find-node.ts';

/** Failures to start before the person is told: one may be a machine that is busy. */
const PATIENCE = 3;

export class Service implements vscode.Disposable {
  readonly link: Link;
  readonly #engine: Engine;
  readonly #log: vscode.LogOutputChannel;
  readonly #folder: string;
  readonly #roots = new Set<string>();
  readonly #ends: vscode.Disposable[] = [];
  #failures = 0;
  #told = false;

  /** `folder`: of the packed engine. */
  constructor(folder: string, log: vscode.LogOutputChannel) {
    this.#folder = folder;
    this.#log = log;
    this.#addFolders();
    this.#engine = new Engine(() => this.#start(), (line) => log.info(line));
    const dial = dialEngine(this.#engine);
    this.link = new Link(async () => {
      try {
        const dialled = await dial();
        this.#failures = 0;
        this.#told = false;
        return dialled;
      } catch (error) {
        this.#count(error);
        throw error;
      }
    }, 'vscode');
    this.#ends.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => { if (this.#addFolders()) this.restart(); }),
      vscode.workspace.onDidChangeConfiguration((change) => { if (['node', 'store', 'python'].some((key) => change.affectsConfiguration(`headwater.${key}`))) this.restart(); }),
    );
  }

  /** A notebook outside the folders that are open is served from its own folder. */
  serve(notebook: vscode.Uri): void {
    const folder = path.dirname(notebook.fsPath);
    if ([...this.#roots].some((root) => folder === root || folder.startsWith(root + path.sep))) return;
    this.#roots.add(folder);
    this.restart();
  }

  restart(): void {
    this.#told = false;
    this.#failures = 0;
    this.#engine.end();
    this.link.reconnect();
  }

  dispose(): void {
    for (const end of this.#ends) end.dispose();
    this.link.close();
    this.#engine.end();
  }

  #addFolders(): boolean {
    const before = this.#roots.size;
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) if (uri.scheme === 'file') this.#roots.add(uri.fsPath);
    return this.#roots.size > before;
  }

  async #start(): Promise<EngineStart> {
    if (this.#roots.size === 0) throw new Error('no folder is open');
    const named = (key: string) => { const value = vscode.workspace.getConfiguration('headwater').get<string>(key) ?? ''; return value === '' ? null : value; };
    const found = await findNode({ named: named('node'), own: process.execPath, path: process.env['PATH'] ?? '', home: os.homedir() });
    if (found.kind === 'none') throw Object.assign(new Error(found.problem.sentence), { problem: found.problem });
    this.#log.info(`Node ${found.version}: ${found.program}`);
    const roots = [...this.#roots].filter((root) => existsSync(root)).flatMap((root) => ['--root', root]);
    const [store, python] = [named('store'), named('python')];
    const args = [
      path.join(this.#folder, 'bin/headwater.mjs'), 'serve', ...roots,
      ...(store === null ? [] : ['--store', store]), ...(python === null ? [] : ['--python', python]),
      ...(vscode.workspace.isTrusted ? [] : ['--read-only']),
    ];
    return { program: found.program, args, env: environment() };
  }

  /** What keeps it from starting is said once; the connection tries on, later and later. */
  #count(error: unknown): void {
    this.#failures += 1;
    const problem = problemOf(error);
    this.#log.warn(problem?.sentence ?? String(error));
    if (this.#roots.size === 0 || this.#told || (problem === null && this.#failures < PATIENCE)) return;
    this.#told = true;
    const text = problem === null ? [t('Headwater could not start.'), ...this.#engine.lastLines].join(' ') : `${problem.sentence} ${problem.hint ?? ''}`;
    const [settings, log, again] = [t('Open Settings'), t('Show log'), t('Retry now')];
    void vscode.window.showErrorMessage(text, ...(problem === null ? [log, again] : [settings, again])).then((answer) => {
      if (answer === settings) void vscode.commands.executeCommand('workbench.action.openSettings', 'headwater.node');
      if (answer === log) this.#log.show();
      if (answer === again) this.restart();
    });
  }
}

function problemOf(error: unknown): Problem | null {
  return error instanceof Error && 'problem' in error ? error.problem as Problem : null;
}

/** The editor's own variables are none of the engine's business; its program is a Node only when told so. */
function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(entry[0]));
  return { ...Object.fromEntries(kept), ...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }) };
}
