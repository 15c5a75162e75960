// Pages in the main area: one run page that is reused by the next click, pages that stay, tables and comparisons; restored after reload.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { LabIcon } from '@jupyterlab/ui-components';
import { PageContent, pageTitle, type Host, type OpenRunOptions, type PageArgs } from '@headwater/panels';
import { PanelWidget } from './panel-widget.tsx';

type Page = MainAreaWidget<PanelWidget>;

/** In Jupyter Notebook the main area is the notebook's alone; what belongs to it stands below. */
const AREA = PageConfig.getOption('notebookPage') === '' ? 'main' : 'down';

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
    page.title.label = pageTitle(args);
    page.content.show_(() => <PageContent page={args} />);
  }

  #make(id: string): Page {
    const page: Page = new MainAreaWidget({ content: new PanelWidget(this.#host(), () => null) });
    page.id = id;
    page.title.icon = this.#icon;
    page.title.closable = true;
    page.toolbar.hide();
    void this.tracker.add(page);
    this.#shell.add(page, AREA, { mode: 'tab-after' });
    return page;
  }
}
