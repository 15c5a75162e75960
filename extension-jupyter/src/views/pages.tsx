// Pages in the main area: one run page that is reused by the next click, pages that stay, tables and comparisons; restored after reload.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { LabIcon } from '@jupyterlab/ui-components';
import type { ReactNode } from 'react';
import { Compare, Report, RunPage, RunsTable, t, TableViewer, type ArtifactRef, type Host, type OpenRunOptions } from '@headwater/panels';
import { PanelWidget } from './panel-widget.tsx';

/** What a page shows: enough to show it again after a reload. */
export type PageArgs =
  | { readonly kind: 'run'; readonly store: string; readonly run: string; readonly step: string | null; readonly stays: boolean }
  | { readonly kind: 'runs'; readonly store: string; readonly flow: string | null }
  | { readonly kind: 'compare'; readonly store: string; readonly runs: readonly string[] }
  | { readonly kind: 'report'; readonly store: string; readonly run: string }
  | { readonly kind: 'table'; readonly artifact: ArtifactRef };

type Page = MainAreaWidget<PanelWidget>;

export class Pages {
  readonly tracker = new WidgetTracker<Page>({ namespace: 'headwater-pages' });
  readonly #shell: JupyterFrontEnd['shell'];
  readonly #icon: LabIcon;
  readonly #host: () => Host;
  readonly #args = new WeakMap<Page, PageArgs>();

  constructor(shell: JupyterFrontEnd['shell'], icon: LabIcon, host: () => Host) {
    this.#shell = shell;
    this.#icon = icon;
    this.#host = host;
  }

  argsOf(page: Page): PageArgs | null {
    return this.#args.get(page) ?? null;
  }

  openRun(store: string, run: string, { step, stays = false }: OpenRunOptions = {}): void {
    this.open({ kind: 'run', store, run, step: step ?? null, stays });
  }

  open(args: PageArgs): void {
    const same = this.tracker.find((page) => JSON.stringify(this.#args.get(page)) === JSON.stringify(args));
    const reused = args.kind === 'run' && !args.stays ? this.tracker.find((page) => { const old = this.#args.get(page); return old?.kind === 'run' && (!old.stays || old.run === args.run); }) : undefined;
    const page = same ?? reused ?? this.#make(`headwater-page-${crypto.randomUUID()}`);
    this.#fill(page, args);
    void this.tracker.save(page);
    this.#shell.activateById(page.id);
  }

  /** After a reload, under the name it had: the layout puts it back where it stood by that. */
  restore(args: PageArgs, id: string): void {
    this.#fill(this.#make(id), args);
  }

  #fill(page: Page, args: PageArgs): void {
    this.#args.set(page, args);
    page.title.label = titleOf(args);
    page.content.show_(() => contentOf(args));
  }

  #make(id: string): Page {
    const page: Page = new MainAreaWidget({ content: new PanelWidget(this.#host(), () => null) });
    page.id = id;
    page.title.icon = this.#icon;
    page.title.closable = true;
    page.toolbar.hide();
    void this.tracker.add(page);
    this.#shell.add(page, 'main', { mode: 'tab-after' });
    return page;
  }
}

function titleOf(args: PageArgs): string {
  switch (args.kind) {
    case 'run':
      return args.run;
    case 'runs':
      return args.flow === null ? t('Runs') : t('Runs: {flow}', { flow: args.flow });
    case 'compare':
      return args.runs.join(' | ');
    case 'report':
      return t('Report {run}', { run: args.run });
    case 'table':
      return args.artifact.name;
  }
}

function contentOf(args: PageArgs): ReactNode {
  switch (args.kind) {
    case 'run':
      return <RunPage key={`${args.store} ${args.run}`} store={args.store} run={args.run} step={args.step} />;
    case 'runs':
      return <RunsTable store={args.store} flow={args.flow} />;
    case 'compare':
      return <Compare store={args.store} runs={args.runs} />;
    case 'report':
      return <Report key={args.run} store={args.store} run={args.run} />;
    case 'table':
      return <TableViewer artifact={args.artifact} />;
  }
}
