// One item in the status bar while something runs.

import { ReactWidget } from '@jupyterlab/ui-components';
import type { ReactElement } from 'react';
import { progressOf, t, type ActiveRuns } from '@headwater/panels';

export class StatusItem extends ReactWidget {
  readonly #runs: ActiveRuns;
  readonly #open: (store: string, run: string) => void;

  constructor(runs: ActiveRuns, open: (store: string, run: string) => void) {
    super();
    this.#runs = runs;
    this.#open = open;
    this.addClass('hw-status');
    runs.changed.add(() => this.update());
  }

  protected render(): ReactElement {
    const [first, ...more] = this.#runs.running;
    if (first === undefined) return <></>;
    const others = more.length > 0 ? ` ${t('and {n} more', { n: more.length })}` : '';
    return <button type="button" onClick={() => this.#open(first.store, first.row.run)} title={t('Open run')}>{first.row.run} · {progressOf(first.row)}{others}</button>;
  }
}
