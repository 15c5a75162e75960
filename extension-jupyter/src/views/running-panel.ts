// Runs under way in JupyterLab's Running panel.

import type { IRunningSessionManagers } from '@jupyterlab/running';
import type { LabIcon } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import { progressOf, t, type ActiveRuns } from '@headwater/panels';

interface Acts {
  readonly open: (store: string, run: string) => void;
  readonly stop: (store: string, run: string) => void;
}

export function addRunningPanel(managers: IRunningSessionManagers, runs: ActiveRuns, icon: LabIcon, { open, stop }: Acts): void {
  const changed = new Signal<ActiveRuns, void>(runs);
  runs.changed.add(() => changed.emit());
  managers.add({
    name: t('Headwater runs'),
    supportsMultipleViews: false,
    running: () => runs.running.map(({ store, row }) => ({
      open: () => open(store, row.run), shutdown: () => stop(store, row.run), icon: () => icon, label: () => `${row.run} · ${progressOf(row)}`, labelTitle: () => row.notebook,
    })),
    shutdownAll: () => { for (const { store, row } of runs.running) stop(store, row.run); },
    shutdownLabel: t('Stop'),
    shutdownAllLabel: t('Stop all'),
    shutdownAllConfirmationText: () => t('Stop all runs? Resume goes on from where they were.'),
    refreshRunning: () => undefined,
    runningChanged: changed as never,
  });
}
