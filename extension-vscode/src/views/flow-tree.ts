// The Flow view: the steps of the notebook in use, how each stands, and why a result does not hold any more.

import * as vscode from 'vscode';
import { namedSteps, t } from '@headwater/panels';
import type { StepNow } from '@headwater/protocol';
import type { Notebooks } from '../notebook/notebooks.ts';
import { describeNow } from './describe.ts';
import { toItem } from './runs-tree.ts';

export class FlowTree implements vscode.TreeDataProvider<StepNow>, vscode.Disposable {
  readonly #notebooks: Notebooks;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<StepNow>;
  readonly #end: () => void;

  constructor(notebooks: Notebooks) {
    this.#notebooks = notebooks;
    this.#view = vscode.window.createTreeView('headwater.flow', { treeDataProvider: this });
    let shown = '';
    this.#end = notebooks.changed.add(() => {
      const { current } = notebooks;
      this.#view.description = current?.name ?? '';
      const problem = current?.problem ?? null;
      // "No steps yet" is no explanation of a notebook that cannot be read.
      if (problem === null) delete this.#view.message;
      else this.#view.message = problem.sentence;
      // Selecting another cell changes nothing here.
      const steps = JSON.stringify(current?.analysis?.steps ?? []);
      if (steps === shown) return;
      shown = steps;
      this.#changed.fire(undefined);
    });
  }

  getChildren(step?: StepNow): StepNow[] {
    const analysis = this.#notebooks.current?.analysis ?? null;
    return step !== undefined || analysis === null ? [] : [...namedSteps(analysis)];
  }

  getTreeItem(step: StepNow): vscode.TreeItem {
    return Object.assign(toItem(describeNow(step), false), { id: step.name, command: { command: 'headwater.goToCell', title: t('Go to cell'), arguments: [step.cells[0] ?? 0] } });
  }

  dispose(): void {
    this.#end();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
