// Commands of the palette, the toolbars and the menus.

import type { ICommandPalette } from '@jupyterlab/apputils';
import type { LabIcon } from '@jupyterlab/ui-components';
import { Menu } from '@lumino/widgets';
import { comparedWith, copySupport, t, type ActiveRuns } from '@headwater/panels';
import { parseRunId } from '@headwater/protocol';
import { sayProblem } from './dialogs/say.ts';
import { openExample } from './notebook/example.ts';
import { addTagCommands } from './notebook/tag-menu.ts';
import type { HostParts } from './views/jupyter-host.ts';

const CATEGORY = 'Headwater';
const ARGS = { type: 'object', properties: {} } as const;

export interface CommandParts extends HostParts {
  readonly runs: ActiveRuns;
  readonly icons: Readonly<Record<'flow' | 'tag', LabIcon>>;
  readonly sidebar: string;
}

export function addCommands(parts: CommandParts, palette: ICommandPalette | null): void {
  const { app, notebooks, runner, loader, runs, icons } = parts;
  const { commands } = app;
  const hasNotebook = () => notebooks.current !== null;
  const latest = () => { const analysis = notebooks.current?.analysis; return analysis?.latest == null ? null : { store: analysis.store, run: analysis.latest }; };
  // What ended just now is not analysed yet.
  const lookAtLatest = async () => { await notebooks.current?.look(); return latest(); };
  const hasRun = () => latest() !== null;
  const ofLatest = (act: (store: string, run: string) => unknown) => async () => {
    const found = await lookAtLatest();
    if (found !== null) await act(found.store, found.run);
  };
  const running = () => { const analysis = notebooks.current?.analysis; return runs.running.find((each) => each.row.flow === analysis?.flow && each.store === analysis.store) ?? null; };
  const add = (id: string, label: string, execute: () => unknown, more: { readonly icon?: LabIcon; readonly isEnabled?: () => boolean } = {}) => {
    commands.addCommand(`headwater:${id}`, { label, caption: label, describedBy: { args: ARGS }, execute: async () => { await execute(); }, ...more });
  };
  // What stands on a toolbar is always on: without a notebook it says so.
  add('run', t('Run Flow'), () => runner.run(), { icon: icons.flow });
  add('run-from', t('Run from Here'), () => runner.runActive('from'), { isEnabled: hasNotebook });
  add('run-to', t('Run to Here'), () => runner.runActive('to'), { isEnabled: hasNotebook });
  add('run-only', t('Run Only This Step'), () => runner.runActive('only'), { isEnabled: hasNotebook });
  add('resume', t('Resume Last Run'), async () => { const run = await lookAtLatest(); return run === null ? runner.run() : runner.resume(run.store, run.run); }, { isEnabled: hasRun });
  add('stop', t('Stop Run'), () => { const run = running(); return run === null ? undefined : runner.stop(run.store, run.row.run); }, { isEnabled: () => running() !== null });
  add('open-last', t('Open Last Run'), ofLatest((store, run) => parts.pages.openRun(store, run, { stays: true })), { isEnabled: hasRun });
  add('compare-last', t('Compare Last Two Runs'), async () => {
    const run = await lookAtLatest();
    const base = run === null ? null : comparedWith({ ...parseRunId(run.run) ?? { flow: '', number: 1 }, resumes: null });
    if (run === null || base === null) return sayProblem(t('Compare runs'), { code: 'no-run', sentence: t('There is no second run yet.'), hint: null });
    parts.pages.open({ kind: 'compare', store: run.store, runs: [base, run.run] });
    return undefined;
  }, { isEnabled: hasRun });
  add('runs-table', t('Open Runs as Table'), () => { const analysis = notebooks.current?.analysis; if (analysis != null) parts.pages.open({ kind: 'runs', store: analysis.store, flow: analysis.flow }); }, { isEnabled: hasNotebook });
  add('load-last', t('Load Last Run'), ofLatest((store, run) => loader.loadRun(store, run)), { isEnabled: hasRun });
  add('write-outputs', t('Write Outputs of Last Run'), ofLatest((store, run) => loader.writeOutputs(store, run)), { isEnabled: hasRun });
  add('restore-step', t('Restore Step…'), async () => {
    const [run, step] = [await lookAtLatest(), notebooks.activeStep];
    if (run === null || step === null) return sayProblem(t('Restore step'), { code: 'no-run', sentence: t('There is no run of this step yet.'), hint: t('Run the flow first.') });
    return loader.restoreStep(run.store, run.run, step);
  }, { isEnabled: hasNotebook });
  add('show-runs', t('Show Runs'), () => {
    app.shell.activateById(parts.sidebar);
    // With the focus in it, once it is seen and the palette is gone.
    requestAnimationFrame(() => focusIn(document.getElementById(parts.sidebar)));
  }, { icon: icons.flow });
  add('open-example', t('Open an Example'), () => openExample(app, notebooks));
  add('support', t('Copy Support Bundle'), () => copySupport(parts.support));
  const tagMenu = addTagCommands(commands, notebooks);
  add('tag-menu', t('Tag Cell…'), () => openAt(tagMenu, 'headwater:tag-menu', notebooks.front?.panel.content.activeCell?.node), { icon: icons.tag });
  const runMenu = new Menu({ commands });
  for (const id of ['run', 'run-from', 'run-to', 'run-only', 'resume', 'stop']) runMenu.addItem({ command: `headwater:${id}` });
  runMenu.addItem({ type: 'separator' });
  for (const id of ['open-last', 'load-last', 'restore-step', 'write-outputs', 'compare-last', 'runs-table', 'show-runs']) runMenu.addItem({ command: `headwater:${id}` });
  add('menu', t('Headwater'), () => openAt(runMenu, 'headwater:menu', notebooks.current?.panel.node));
  const listed = ['run', 'run-from', 'run-to', 'run-only', 'resume', 'stop', 'open-last', 'load-last', 'write-outputs', 'restore-step', 'compare-last', 'runs-table', 'show-runs', 'open-example', 'tag-menu', 'set-step', 'set-parameters', 'set-setup', 'set-skip', 'properties', 'rename-step', 'remove-tags', 'support'];
  const look = () => { for (const id of listed) commands.notifyCommandChanged(`headwater:${id}`); };
  notebooks.changed.connect(look);
  runs.changed.add(look);
  for (const id of listed) palette?.addItem({ command: `headwater:${id}`, category: CATEGORY });
}

/** The list of runs, or what stands above it where there is none yet. */
function focusIn(sidebar: HTMLElement | null): void {
  (sidebar?.querySelector<HTMLElement>('.hw-row[tabindex="0"]') ?? sidebar?.querySelector<HTMLElement>('select'))?.focus();
}

/** Below the button that was pressed, or at the place it belongs to. It hears the keys once the palette, if it came from there, has given the focus back. */
function openAt(menu: Menu, command: string, around: HTMLElement | undefined): void {
  const button = around?.querySelector(`[data-command="${command}"]`) ?? around;
  const box = (button ?? document.body).getBoundingClientRect();
  requestAnimationFrame(() => menu.open(box.left, button === around ? box.top + 24 : box.bottom));
}
