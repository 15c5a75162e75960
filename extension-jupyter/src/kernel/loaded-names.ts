// What was loaded into which kernel, so that a restart can be told: the names are gone, one click loads them again.

import type { NotebookPanel } from '@jupyterlab/notebook';
import { t, type KernelRequest } from '@headwater/panels';
import { say } from '../dialogs/say.ts';
import type { LiveSession } from './live-session.ts';

interface Entry {
  readonly names: readonly string[];
  readonly request: KernelRequest;
}

export class LoadedNames {
  readonly #session: LiveSession;
  readonly #entries = new Map<NotebookPanel, Entry[]>();

  constructor(session: LiveSession) {
    this.#session = session;
  }

  add(panel: NotebookPanel, names: readonly string[], request: KernelRequest): void {
    const entries = this.#entries.get(panel);
    if (entries === undefined) this.#watch(panel);
    this.#entries.set(panel, [...(entries ?? []).filter((entry) => JSON.stringify(entry.request) !== JSON.stringify(request)), { names, request }]);
  }

  #watch(panel: NotebookPanel): void {
    const { sessionContext } = panel;
    const lost = () => {
      const entries = this.#entries.get(panel) ?? [];
      if (entries.length === 0) return;
      this.#entries.set(panel, []);
      const names = entries.flatMap((entry) => entry.names);
      say(t('The kernel restarted. Loaded names are gone: {names}.', { names: names.join(', ') }), 'warning', [{ label: t('Load all again'), run: () => void this.#again(panel, entries) }]);
    };
    sessionContext.statusChanged.connect((_, status) => { if (status === 'restarting' || status === 'autorestarting') lost(); });
    sessionContext.kernelChanged.connect((_, change) => { if (change.oldValue !== null) lost(); });
    panel.disposed.connect(() => this.#entries.delete(panel));
  }

  async #again(panel: NotebookPanel, entries: readonly Entry[]): Promise<void> {
    await panel.sessionContext.session?.kernel?.info;
    const failed: string[] = [];
    for (const { names, request } of entries) {
      const answer = await this.#session.ask(panel, { ...request, overwrite: true });
      if (answer.status === 'ok') this.add(panel, names, request);
      else failed.push(...names);
    }
    if (failed.length > 0) say(t('{names} could not be loaded again.', { names: failed.join(', ') }), 'error');
    else say(t('Loaded again: {names}.', { names: entries.flatMap((entry) => entry.names).join(', ') }), 'success');
  }
}
