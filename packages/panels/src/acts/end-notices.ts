// A run that was started here has ended: the person is told. A failure stays to be read until what goes on from that run has ended and is told instead.

import type { RunRow } from '@headwater/protocol';
import { progressOf } from '../runs/describe-run.ts';
import { t } from '../words/translate.ts';
import type { ActiveRun, ActiveRuns } from './active-runs.ts';
import type { Action, Desk } from './desk.ts';
import type { HostActs } from './host-acts.ts';

export class EndNotices {
  readonly #desk: Desk;
  readonly #acts: HostActs;
  /** Store and run → what takes the notice of its failure back. */
  readonly #failed = new Map<string, () => void>();

  constructor(runs: ActiveRuns, desk: Desk, acts: HostActs) {
    this.#desk = desk;
    this.#acts = acts;
    runs.ended.add((ended) => this.#tell(ended));
  }

  #tell({ store, row }: ActiveRun): void {
    const earlier = `${store}\n${row.resumes ?? ''}`;
    this.#failed.get(earlier)?.();
    this.#failed.delete(earlier);
    const unsay = this.#desk.say(describeEnd(row), row.status === 'failed' ? 'error' : 'success', this.#actions(store, row));
    if (row.status === 'failed') this.#failed.set(`${store}\n${row.run}`, unsay);
  }

  #actions(store: string, { run, status }: RunRow): Action[] {
    const open = { label: t('Open run'), run: () => this.#acts.openRun(store, run, { stays: true }) };
    if (status !== 'done') return [open];
    return [open, { label: t('Load run'), run: () => void this.#acts.loadRun(store, run) }, { label: t('Write outputs'), run: () => this.#acts.writeOutputs(store, run) }];
  }
}

function describeEnd(row: RunRow): string {
  const failed = row.failed === null ? '' : `: ${progressOf(row)}, ${row.failed.type}`;
  return `${row.run} ${t(row.status === 'done' ? 'is done' : row.status === 'failed' ? 'failed' : 'stopped')}${failed}`;
}
