// Headwater in VS Code.

import 'vscode-jsonrpc/node';
import * as vscode from 'vscode';
import { ActiveRuns, EndNotices, Loader, Runner } from '@headwater/panels';
import { addCommands } from './commands.ts';
import { VscodeDesk } from './dialogs/vscode-desk.ts';
import { CellItems } from './notebook/cell-items.ts';
import { EXECUTED_SCHEME, Notebooks } from './notebook/notebooks.ts';
import { Problems } from './notebook/problems.ts';
import { TagMenu } from './notebook/tag-menu.ts';
import { Service } from './service/service.ts';
import { ExecutedFiles } from './views/executed.ts';
import { FlowTree } from './views/flow-tree.ts';
import { Pages } from './views/pages.ts';
import { RunsModel } from './views/runs-model.ts';
import { RunsTree } from './views/runs-tree.ts';
import { StatusItem } from './views/status-item.ts';
import { VscodeActs } from './views/vscode-acts.ts';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Headwater', { log: true });
  const service = new Service(context.asAbsolutePath('engine'), log);
  const backend = service.link;
  const notebooks = new Notebooks(backend, (uri) => service.serve(uri));
  const desk = new VscodeDesk(notebooks);
  const runs = new ActiveRuns(backend);
  const model = new RunsModel(backend);
  const tree = new RunsTree(model, () => notebooks.current?.analysis?.flow ?? null);
  const started = (store: string, run: string) => {
    runs.own(store, run);
    notebooks.current?.later();
    if (model.store === store) model.again();
    void vscode.commands.executeCommand('headwater.runs.focus', { preserveFocus: true });
  };
  const runner = new Runner({ backend, desk, started, tagActiveCell: () => void vscode.commands.executeCommand('headwater.setStep') });
  const loader = new Loader(desk, backend);
  const support = { backend, desk, copy: (text: string) => vscode.env.clipboard.writeText(text) };
  const pages: Pages = new Pages(context.extensionUri, () => ({ backend, notebooks, acts }));
  const acts: VscodeActs = new VscodeActs({ runner, loader, pages, goToCell: (cell, line) => desk.goToCell(cell, line), support });
  const tagMenu = new TagMenu(notebooks, desk);
  context.subscriptions.push(
    log, service, notebooks, tree, pages, new FlowTree(notebooks), new CellItems(notebooks), new Problems(notebooks), new StatusItem(runs),
    vscode.workspace.registerFileSystemProvider(EXECUTED_SCHEME, new ExecutedFiles(backend), { isReadonly: true, isCaseSensitive: true }),
    addCommands({ support, notebooks, desk, runner, loader, acts, tagMenu, runs, model, tree, log }),
    { dispose: followStore(service, notebooks, model) },
  );
  new EndNotices(runs, desk, acts);
}

/** The tree shows the store of the notebook in use, and before there is one that of the first folder. Returns what ends it. */
function followStore({ link }: Service, notebooks: Notebooks, model: RunsModel): () => void {
  const look = async () => {
    const store = notebooks.current?.analysis?.store ?? null;
    if (store !== null) model.show(store);
    else if (model.store === null && link.state.kind === 'open') model.show((await link.call('store', { notebook: null })).store);
    if (model.store === null) await vscode.commands.executeCommand('setContext', 'headwater.state', isSomewhere(notebooks) ? 'waiting' : 'nowhere');
  };
  // What keeps it from being known is said by the connection itself.
  const lookNow = () => void look().catch(() => undefined);
  const ends = [notebooks.changed.add(lookNow), link.onState(lookNow)];
  lookNow();
  return () => { for (const end of ends) end(); };
}

/** Whether there is anything whose runs could be shown. */
function isSomewhere(notebooks: Notebooks): boolean {
  return notebooks.current !== null || (vscode.workspace.workspaceFolders ?? []).length > 0;
}
