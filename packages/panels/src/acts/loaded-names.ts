// What was loaded into which kernel, so that a restart can be told: the names are gone, one click loads them again.

import type { KernelRequest } from '../client/kernel-request.ts';
import { t } from '../words/translate.ts';
import type { Desk, WorkNotebook } from './desk.ts';

interface Entry {
  readonly names: readonly string[];
  readonly request: KernelRequest;
}

export class LoadedNames {
  readonly #desk: Desk;
  readonly #entries = new WeakMap<WorkNotebook, Entry[]>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  add(notebook: WorkNotebook, names: readonly string[], request: KernelRequest): void {
    const entries = this.#entries.get(notebook);
    if (entries === undefined) notebook.kernel.onLost(() => this.#lose(notebook));
    this.#entries.set(notebook, [...(entries ?? []).filter((entry) => JSON.stringify(entry.request) !== JSON.stringify(request)), { names, request }]);
  }

  #lose(notebook: WorkNotebook): void {
    const entries = this.#entries.get(notebook) ?? [];
    if (entries.length === 0) return;
    this.#entries.set(notebook, []);
    const names = entries.flatMap((entry) => entry.names);
    this.#desk.say(t('The kernel restarted. Loaded names are gone: {names}.', { names: names.join(', ') }), 'warning', [{ label: t('Load all again'), run: () => void this.#again(notebook, entries) }]);
  }

  async #again(notebook: WorkNotebook, entries: readonly Entry[]): Promise<void> {
    const failed: string[] = [];
    for (const { names, request } of entries) {
      const answer = await notebook.kernel.ask({ ...request, overwrite: true }, () => () => undefined);
      if (answer.status === 'ok') this.add(notebook, names, request);
      else failed.push(...names);
    }
    if (failed.length > 0) this.#desk.say(t('{names} could not be loaded again.', { names: failed.join(', ') }), 'error');
    else this.#desk.say(t('Loaded again: {names}.', { names: entries.flatMap((entry) => entry.names).join(', ') }), 'success');
  }
}
