// Runs under way in JupyterLab's Running panel.

import type { IRunningSessionManagers } from '@jupyterlab/running';
import type { LabIcon } from '@jupyterlab/ui-components';
import { progressOf, t } from '@headwater/panels';
import type { ActiveRuns } from '../runs/active-runs.ts';

interface Acts {
  readonly open: (store: string, run: string) => void;
  readonly stop: (store: string, run: string) => void;
}

export function addRunningPanel(managers: IRunningSessionManagers, runs: ActiveRuns, icon: LabIcon, { open, stop }: Acts): void {
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
    runningChanged: runs.changed as never,
  });
}
