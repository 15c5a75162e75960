// One item in the status bar while something runs.

import * as vscode from 'vscode';
import { progressOf, t, type ActiveRuns } from '@headwater/panels';

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('headwater.running', vscode.StatusBarAlignment.Left, 10);
  readonly #end: () => void;

  constructor(runs: ActiveRuns) {
    this.#item.name = t('Headwater runs');
    this.#end = runs.changed.add(() => this.#show(runs));
  }

  dispose(): void {
    this.#end();
    this.#item.dispose();
  }

  #show({ running: [first, ...more] }: ActiveRuns): void {
    if (first === undefined) {
      this.#item.hide();
      return;
    }
    const others = more.length > 0 ? ` ${t('and {n} more', { n: more.length })}` : '';
    const text = `${first.row.run} · ${progressOf(first.row)}${others}`;
    this.#item.text = `$(sync~spin) ${text}`;
    this.#item.tooltip = t('Open run');
    this.#item.accessibilityInformation = { label: text, role: 'button' };
    this.#item.command = { command: 'headwater.openRun', title: t('Open run'), arguments: [first] };
    this.#item.show();
  }
}
