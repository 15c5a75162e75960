// Pages beside the notebook: one run page that is reused by the next click, pages that stay, tables and comparisons; shown again after a reload.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageTitle, type OpenRunOptions, type PageArgs } from '@headwater/panels';
import { pageHtml } from './page-html.ts';
import { PageSession, type SessionParts } from './page-session.ts';

const TYPE = 'headwater.page';

interface Page {
  args: PageArgs;
  readonly panel: vscode.WebviewPanel;
  readonly session: PageSession;
}

export class Pages implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #folder: vscode.Uri;
  readonly #parts: () => SessionParts;
  readonly #pages = new Set<Page>();
  readonly #end: vscode.Disposable;

  constructor(extension: vscode.Uri, parts: () => SessionParts) {
    this.#folder = vscode.Uri.joinPath(extension, 'dist/webview');
    this.#parts = parts;
    this.#end = vscode.window.registerWebviewPanelSerializer(TYPE, this);
  }

  openRun(store: string, run: string, { step, stays = false }: OpenRunOptions = {}): void {
    this.open({ kind: 'run', store, run, step: step ?? null, stays });
  }

  open(args: PageArgs): void {
    const all = [...this.#pages];
    const same = all.find((page) => JSON.stringify(page.args) === JSON.stringify(args));
    const page = same ?? all.find(({ args: old }) => givesWayTo(old, args)) ?? this.#make(args);
    page.args = args;
    page.panel.title = pageTitle(args);
    page.session.show(args);
    // The next click in the tree belongs to the tree.
    page.panel.reveal(undefined, args.kind === 'run' && !args.stays);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (isArgs(state)) this.#adopt(panel, state);
    else panel.dispose();
    return Promise.resolve();
  }

  /** The panels stay: the editor shows them again after a reload. */
  dispose(): void {
    this.#end.dispose();
    for (const { session } of this.#pages) session.dispose();
  }

  #make(args: PageArgs): Page {
    // What was chosen on a page is still there when another tab was looked at.
    const panel = vscode.window.createWebviewPanel(TYPE, pageTitle(args), { viewColumn: vscode.ViewColumn.Active, preserveFocus: true }, { ...this.#options(), retainContextWhenHidden: true });
    return this.#adopt(panel, args);
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#folder] };
  }

  #adopt(panel: vscode.WebviewPanel, args: PageArgs): Page {
    const { webview } = panel;
    webview.options = this.#options();
    const page: Page = { args, panel, session: new PageSession(webview, args, this.#parts()) };
    this.#pages.add(page);
    panel.onDidDispose(() => {
      this.#pages.delete(page);
      page.session.dispose();
    });
    panel.iconPath = vscode.Uri.joinPath(this.#folder, '../../media/flow-tab.svg');
    const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, name)).toString();
    webview.html = pageHtml({ title: pageTitle(args), script: uri('main.js'), style: uri('page.css'), source: webview.cspSource, nonce: randomBytes(16).toString('base64url') });
    return page;
  }
}

/** A page of a run that does not stay shows the next one; one that is to stay keeps the page it has. */
function givesWayTo(old: PageArgs, next: PageArgs): boolean {
  if (old.kind !== 'run' || next.kind !== 'run') return false;
  const same = old.run === next.run && old.store === next.store;
  return next.stays ? same : same || !old.stays;
}

/** What a reload gives back was stored by an older page, or by nobody. */
function isArgs(state: unknown): state is PageArgs {
  if (typeof state !== 'object' || state === null || !('kind' in state)) return false;
  const { kind, store, run, runs, artifact } = state as Record<string, unknown>;
  switch (kind) {
    case 'table':
      return typeof artifact === 'object' && artifact !== null;
    case 'run':
    case 'report':
      return typeof store === 'string' && typeof run === 'string';
    case 'compare':
      return typeof store === 'string' && Array.isArray(runs);
    default:
      return kind === 'runs' && typeof store === 'string';
  }
}
