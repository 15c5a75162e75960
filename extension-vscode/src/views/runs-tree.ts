// The Runs view: flow > run > step > artifact.

import * as vscode from 'vscode';
import { count, t, type ArtifactRef } from '@headwater/panels';
import type { ArtifactRow, RunRow, StepView, TaskRow } from '@headwater/protocol';
import { describeArtifact, describeRun, describeStep, describeTask, type ShownRow } from './describe.ts';
import type { RunsModel } from './runs-model.ts';

export type RunsNode =
  | { readonly kind: 'flow'; readonly store: string; readonly flow: string }
  | { readonly kind: 'run'; readonly store: string; readonly row: RunRow }
  | { readonly kind: 'step'; readonly store: string; readonly run: string; readonly step: StepView }
  | { readonly kind: 'all'; readonly store: string; readonly run: string; readonly step: StepView }
  | { readonly kind: 'task'; readonly store: string; readonly run: string; readonly step: StepView; readonly task: TaskRow }
  | { readonly kind: 'artifact'; readonly store: string; readonly artifact: ArtifactRow }
  | { readonly kind: 'more'; readonly flow: string }
  | { readonly kind: 'note'; readonly text: string; readonly hint: string | null };

/** "2 min ago" goes on while it is looked at. */
const TICK_MS = 30_000;

export const refOf = (store: string, { path, name, size }: ArtifactRow): ArtifactRef => ({ store, path, name, size });

export class RunsTree implements vscode.TreeDataProvider<RunsNode>, vscode.Disposable {
  readonly #model: RunsModel;
  readonly #changed = new vscode.EventEmitter<RunsNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The same object for the same flow: the view remembers by it what is open. */
  readonly #flows = new Map<string, RunsNode>();
  readonly #view: vscode.TreeView<RunsNode>;
  readonly #openFlow: () => string | null;
  readonly #timer: ReturnType<typeof setInterval>;

  /** `openFlow`: of the notebook in use; its runs are open from the start. */
  constructor(model: RunsModel, openFlow: () => string | null) {
    this.#model = model;
    this.#openFlow = openFlow;
    model.changed.add((change) => this.#changed.fire(change.kind === 'flow' ? this.#flows.get(change.flow) : undefined));
    this.#view = vscode.window.createTreeView('headwater.runs', { treeDataProvider: this, showCollapseAll: true, canSelectMany: true });
    this.#timer = setInterval(() => { if (this.#view.visible) this.#changed.fire(undefined); }, TICK_MS);
  }

  get selection(): readonly RunsNode[] {
    return this.#view.selection;
  }

  async getChildren(node?: RunsNode): Promise<RunsNode[]> {
    const { store } = this.#model;
    if (store === null) return [];
    try {
      if (node === undefined) return await this.#roots(store);
      if (node.kind === 'flow') return await this.#runs(store, node.flow);
      if (node.kind === 'run') return await this.#steps(store, node.row.run);
      if (node.kind === 'all') return await this.#artifacts(node, `${node.step.name}[*]`);
      if (node.kind === 'task') return await this.#artifacts(node, node.task.task);
      if (node.kind !== 'step') return [];
      return node.step.tasks > 1 ? await this.#tasks(node) : await this.#artifacts(node, node.step.name);
    } catch (error) {
      return [note(error)];
    }
  }

  getTreeItem(node: RunsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'flow':
        return flowItem(node.flow, node.store, this.#openFlow() === node.flow || this.#flows.size === 1);
      case 'run':
        return Object.assign(toItem(describeRun(node.row, Date.now(), this.#model.metrics.get(node.row.run)), true), { id: `${node.store} ${node.row.run}`, command: { command: 'headwater.openRun', title: t('Open run'), arguments: [node] } });
      case 'step':
        return Object.assign(toItem(describeStep(node.step), true), { id: `${node.store} ${node.run}/${node.step.name}` });
      case 'all':
        return Object.assign(new vscode.TreeItem(t('All tasks, as lists'), vscode.TreeItemCollapsibleState.Collapsed), { id: `${node.store} ${node.run}/${node.step.name}[*]`, iconPath: new vscode.ThemeIcon('list-ordered') });
      case 'task':
        return Object.assign(toItem(describeTask(node.task), true), { id: `${node.store} ${node.run}/${node.task.task}` });
      case 'artifact':
        return Object.assign(toItem(describeArtifact(node.artifact), false), { id: `${node.store} ${node.artifact.path}` });
      case 'more':
        return Object.assign(new vscode.TreeItem(t('Load more')), { iconPath: new vscode.ThemeIcon('ellipsis'), command: { command: 'headwater.more', title: t('Load more'), arguments: [node] } });
      case 'note':
        return Object.assign(new vscode.TreeItem(node.text), { tooltip: node.hint ?? node.text, description: node.hint ?? '', iconPath: new vscode.ThemeIcon(node.hint === null ? 'info' : 'warning') });
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #roots(store: string): Promise<RunsNode[]> {
    const flows = await this.#model.flows();
    if (this.#model.problem !== null && this.#model.problem.code !== 'no-store') return [note(this.#model.problem)];
    for (const flow of this.#flows.keys()) if (!flows.includes(flow)) this.#flows.delete(flow);
    for (const flow of flows) {
      const known = this.#flows.get(flow);
      if (known?.kind !== 'flow' || known.store !== store) this.#flows.set(flow, { kind: 'flow', store, flow });
    }
    await vscode.commands.executeCommand('setContext', 'headwater.state', flows.length === 0 ? 'empty' : 'runs');
    return flows.flatMap((flow) => this.#flows.get(flow) ?? []);
  }

  async #runs(store: string, flow: string): Promise<RunsNode[]> {
    const { rows, next } = await this.#model.runs(flow);
    return [...rows.map((row): RunsNode => ({ kind: 'run', store, row })), ...(next === null ? [] : [{ kind: 'more', flow } as const])];
  }

  async #steps(store: string, run: string): Promise<RunsNode[]> {
    const view = await this.#model.view(run);
    return (view?.steps ?? []).map((step): RunsNode => ({ kind: 'step', store, run, step }));
  }

  /** The page of the run has all of them, with a filter. */
  async #tasks({ store, run, step }: Extract<RunsNode, { kind: 'step' }>): Promise<RunsNode[]> {
    const { rows, matching } = await this.#model.tasks(run, step.name);
    const left = matching - rows.length;
    return [
      ...(step.inside.length > 0 ? [{ kind: 'all', store, run, step } as const] : []),
      ...rows.map((task): RunsNode => ({ kind: 'task', store, run, step, task })),
      ...(left > 0 ? [{ kind: 'note', text: count(left, '{n} more task on the page of the run', '{n} more tasks on the page of the run'), hint: null } as const] : []),
    ];
  }

  async #artifacts({ store, run }: Extract<RunsNode, { kind: 'step' | 'task' | 'all' }>, task: string): Promise<RunsNode[]> {
    const artifacts = await this.#model.artifacts(run, task);
    if (artifacts.length === 0) return [{ kind: 'note', text: t('{step} made nothing that is kept.', { step: task }), hint: null }];
    return artifacts.map((artifact): RunsNode => ({ kind: 'artifact', store, artifact }));
  }
}

function note(error: unknown): RunsNode {
  const hint = typeof error === 'object' && error !== null && 'hint' in error && typeof error.hint === 'string' ? error.hint : null;
  const text = typeof error === 'object' && error !== null && 'sentence' in error ? String(error.sentence) : String(error);
  return { kind: 'note', text, hint };
}

function flowItem(flow: string, store: string, open: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(flow, open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  return Object.assign(item, { id: `${store} ${flow}`, contextValue: 'flow', iconPath: new vscode.ThemeIcon('type-hierarchy-sub'), tooltip: store });
}

export function toItem({ label, description, tooltip, icon, context, spoken }: ShownRow, opens: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(label, opens ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  const iconPath = icon.color === null ? new vscode.ThemeIcon(icon.id) : new vscode.ThemeIcon(icon.id, new vscode.ThemeColor(icon.color));
  return Object.assign(item, { description, tooltip, iconPath, contextValue: context, accessibilityInformation: { label: spoken } });
}
