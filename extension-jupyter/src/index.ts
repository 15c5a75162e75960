// Headwater in JupyterLab: one plugin that needs only the notebooks; everything else is used where it is there.

import 'vscode-jsonrpc/browser';
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { LabIcon } from '@jupyterlab/ui-components';
import { createElement } from 'react';
import { ActiveRuns, EndNotices, Link, Loader, Runner, t, type Host, type PageArgs } from '@headwater/panels';
import { addCommands } from './commands.ts';
import { JupyterDesk } from './dialogs/jupyter-desk.ts';
import { Notebooks } from './notebook/notebooks.ts';
import { dialThrough } from './service/dial.ts';
import { ExecutedDrive } from './views/executed-drive.ts';
import { JupyterHost, type HostParts } from './views/jupyter-host.ts';
import { Pages } from './views/pages.tsx';
import { PanelWidget } from './views/panel-widget.tsx';
import { addRunningPanel } from './views/running-panel.ts';
import { Sidebar } from './views/sidebar.tsx';
import { StatusItem } from './views/status-item.tsx';

const ID = '@headwater/jupyterlab:plugin';
const SIDEBAR = 'headwater-runs';
const glyph = (path: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" fill="none"><path class="jp-icon3" stroke="#616161" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="${path}"/></svg>`;
const icons = {
  flow: new LabIcon({ name: 'headwater:flow', svgstr: glyph('M3 2v2.5C3 7.5 8 7 8 10.5V14M13 2v2.5C13 7.5 8 7 8 10.5M8 2v8') }),
  tag: new LabIcon({ name: 'headwater:tag', svgstr: glyph('M2.5 2.5h5.2l6 6-5.2 5.2-6-6zM5.4 5.4h.01') }),
};

interface Optional {
  readonly settings: ISettingRegistry | null;
  readonly restorer: ILayoutRestorer | null;
  readonly palette: ICommandPalette | null;
  readonly statusBar: IStatusBar | null;
  readonly running: IRunningSessionManagers | null;
}

function activate(app: JupyterFrontEnd, tracker: INotebookTracker, optional: Optional): void {
  const { serviceManager, shell } = app;
  // Toolbar buttons come from the plugin's schema.
  void optional.settings?.load(ID).catch(() => undefined);
  document.body.dataset['host'] = 'jupyterlab';
  const backend = new Link(dialThrough(serviceManager.serverSettings), 'jupyterlab');
  serviceManager.contents.addDrive(new ExecutedDrive(backend));
  const notebooks = new Notebooks(tracker, { backend, contents: serviceManager.contents, specs: () => serviceManager.kernelspecs.specs?.kernelspecs ?? {} });
  const runs = new ActiveRuns(backend);
  const goToCell = (cell: number, line?: number) => void showCell(app, notebooks, cell, line);
  const holder: { host: Host | null } = { host: null };
  const hostNow = (): Host => { if (holder.host === null) throw new Error('the host is not made yet'); return holder.host; };
  const pages = new Pages(shell, icons.flow, hostNow);
  const desk = new JupyterDesk(notebooks, goToCell);
  const runner = new Runner({
    backend, desk, tagActiveCell: () => void app.commands.execute('headwater:set-step'),
    started: (store, run) => {
      runs.own(store, run);
      notebooks.current?.later();
      shell.activateById(SIDEBAR);
    },
  });
  const loader = new Loader(desk, backend);
  const support = { backend, desk, copy: (text: string) => Clipboard.copyToSystem(text) };
  const parts: HostParts = { app, backend, notebooks, runner, loader, pages, goToCell, support };
  const host = new JupyterHost(parts);
  holder.host = host;
  const sidebar = new PanelWidget(host, () => createElement(Sidebar, { notebooks }));
  sidebar.id = SIDEBAR;
  sidebar.title.icon = icons.flow;
  sidebar.title.caption = t('Headwater runs');
  shell.add(sidebar, 'left', { rank: 501 });
  addCommands({ ...parts, runs, icons, sidebar: SIDEBAR }, optional.palette);
  restorePages(app, pages, optional.restorer, sidebar);
  const open = (store: string, run: string) => pages.openRun(store, run, { stays: true });
  optional.statusBar?.registerStatusItem('headwater:status', { item: new StatusItem(runs, open), align: 'left', rank: 50 });
  if (optional.running !== null) addRunningPanel(optional.running, runs, icons.flow, { open, stop: (store, run) => host.stop(store, run) });
  new EndNotices(runs, desk, host);
}

function restorePages(app: JupyterFrontEnd, pages: Pages, restorer: ILayoutRestorer | null, sidebar: PanelWidget): void {
  const command = 'headwater:open-page';
  app.commands.addCommand(command, {
    label: t('Open Page'), describedBy: { args: { type: 'object', properties: { page: { type: 'object' }, id: { type: 'string' } } } },
    execute: (args) => pages.restore(args['page'] as unknown as PageArgs, args['id'] as string), isVisible: () => false,
  });
  restorer?.add(sidebar, SIDEBAR);
  void restorer?.restore(pages.tracker, { command, args: (page) => ({ page: pages.argsOf(page) as never, id: page.id }), name: (page) => page.id });
}

async function showCell(app: JupyterFrontEnd, notebooks: Notebooks, index: number, line?: number): Promise<void> {
  const panel = notebooks.current?.panel;
  const cell = panel?.content.widgets[index];
  if (panel === undefined || cell === undefined) return;
  app.shell.activateById(panel.id);
  panel.content.activeCellIndex = index;
  await panel.content.scrollToItem(index, 'center');
  cell.editor?.setCursorPosition({ line: Math.max(0, (line ?? 1) - 1), column: 0 });
  cell.node.classList.add('hw-arrived');
  setTimeout(() => cell.node.classList.remove('hw-arrived'), 600);
}

const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Steps, runs and artifacts of Headwater.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ILayoutRestorer, ICommandPalette, IStatusBar, IRunningSessionManagers],
  activate: (
    app: JupyterFrontEnd, tracker: INotebookTracker, ...[settings, restorer, palette, statusBar, running]: [ISettingRegistry | null, ILayoutRestorer | null, ICommandPalette | null, IStatusBar | null, IRunningSessionManagers | null]
  ) => activate(app, tracker, { settings, restorer, palette, statusBar, running }),
};

// JupyterLab reads a default export.
export default plugin;
