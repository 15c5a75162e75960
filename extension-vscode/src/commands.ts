// Commands of the palette, the notebook and the trees. Their titles, menus and conditions stand in package.json.

import * as vscode from 'vscode';
import { comparedWith, copySupport, t, type ActiveRuns, type Desk, type Loader, type Runner, type SupportParts } from '@headwater/panels';
import { parseRunId } from '@headwater/protocol';
import { openExample } from './notebook/example.ts';
import type { Notebooks } from './notebook/notebooks.ts';
import { isCell, type TagMenu } from './notebook/tag-menu.ts';
import { addTreeCommands } from './tree-commands.ts';
import type { RunsModel } from './views/runs-model.ts';
import type { RunsTree } from './views/runs-tree.ts';
import type { VscodeActs } from './views/vscode-acts.ts';

export interface CommandParts {
  readonly runner: Runner;
  readonly loader: Loader;
  readonly support: SupportParts;
  readonly notebooks: Notebooks;
  readonly desk: Desk;
  readonly acts: VscodeActs;
  readonly tagMenu: TagMenu;
  readonly runs: ActiveRuns;
  readonly model: RunsModel;
  readonly tree: RunsTree;
  readonly log: vscode.LogOutputChannel;
}

export type Add = (id: string, run: (...args: never[]) => unknown) => void;

export function addCommands(parts: CommandParts): vscode.Disposable {
  const ends: vscode.Disposable[] = [];
  const add: Add = (id, run) => void ends.push(vscode.commands.registerCommand(`headwater.${id}`, run));
  addRunCommands(parts, add);
  addTagCommands(parts, add);
  addTreeCommands(parts, add);
  return vscode.Disposable.from(...ends);
}

function addRunCommands({ support, notebooks, desk, runner, loader, acts, runs, model, log }: CommandParts, add: Add): void {
  /** Refuses where the workspace is not trusted: a run is code of the workspace. */
  const trusted = (run: (given: unknown) => unknown) => (given?: unknown) => (vscode.workspace.isTrusted ? run(given) : sayUntrusted());
  /** From the menu of a cell it is that cell's. */
  const ofCell = (act: () => unknown) => (given?: unknown) => {
    if (isCell(given)) notebooks.point(given);
    return act();
  };
  /** The newest run of the notebook in use; says so where there is none. */
  const latest = async (): Promise<{ store: string; run: string } | null> => {
    // What ended just now is not analysed yet.
    await notebooks.current?.look();
    const analysis = notebooks.current?.analysis ?? null;
    if (analysis?.latest != null) return { store: analysis.store, run: analysis.latest };
    const sentence = notebooks.current === null ? t('No notebook is open.') : t('{notebook} has no run yet.', { notebook: notebooks.current.name });
    await desk.sayProblem(t('No run'), { code: 'no-run', sentence, hint: t('Run the flow first.') });
    return null;
  };
  const ofLatest = (act: (store: string, run: string) => unknown) => async () => {
    const found = await latest();
    if (found !== null) await act(found.store, found.run);
  };
  add('run', trusted(() => runner.run()));
  add('runFrom', trusted(ofCell(() => runner.runActive('from'))));
  add('runTo', trusted(ofCell(() => runner.runActive('to'))));
  add('runOnly', trusted(ofCell(() => runner.runActive('only'))));
  add('resumeLast', trusted(ofLatest((store, run) => runner.resume(store, run))));
  add('stopRun', trusted(() => {
    const { analysis } = notebooks.current ?? { analysis: null };
    const running = runs.running.find((each) => each.row.flow === analysis?.flow && each.store === analysis.store) ?? runs.running[0];
    return running === undefined ? desk.sayProblem(t('Stop Run'), { code: 'no-run', sentence: t('Nothing runs.'), hint: null }) : runner.stop(running.store, running.row.run);
  }));
  add('openLast', ofLatest((store, run) => acts.openRun(store, run, { stays: true })));
  add('loadLast', ofLatest((store, run) => loader.loadRun(store, run)));
  add('writeLast', ofLatest((store, run) => loader.writeOutputs(store, run)));
  add('compareLast', ofLatest((store, run) => {
    const base = comparedWith({ ...parseRunId(run) ?? { flow: '', number: 1 }, resumes: null });
    if (base === null) return desk.sayProblem(t('Compare runs'), { code: 'no-run', sentence: t('There is no second run yet.'), hint: null });
    acts.openCompare(store, [base, run]);
    return undefined;
  }));
  add('restoreStep', ofCell(async () => {
    const step = notebooks.activeStep;
    if (step === null) return desk.sayProblem(t('Restore step'), { code: 'no-step', sentence: t('The active cell belongs to no step.'), hint: t('Tag it as a step first.') });
    return ofLatest((store, run) => loader.restoreStep(store, run, step))();
  }));
  add('showRuns', () => vscode.commands.executeCommand('headwater.runs.focus'));
  add('openRunsTable', () => {
    if (model.store !== null) acts.openRunsTable(model.store, notebooks.current?.analysis?.flow ?? null);
  });
  add('openExample', () => openExample(notebooks));
  add('support', () => copySupport(support));
  add('showLog', () => log.show());
}

/** The cell of a menu, or nothing from the palette. */
function addTagCommands({ tagMenu }: CommandParts, add: Add): void {
  add('tagCell', (cell?: vscode.NotebookCell) => tagMenu.show(cell));
  add('setStep', (cell?: vscode.NotebookCell) => tagMenu.setStep(cell));
  add('setParameters', (cell?: vscode.NotebookCell) => tagMenu.toggle('parameters', cell));
  add('setSetup', (cell?: vscode.NotebookCell) => tagMenu.toggle('setup', cell));
  add('setSkip', (cell?: vscode.NotebookCell) => tagMenu.toggle('skip', cell));
  add('addPrev', (cell?: vscode.NotebookCell) => tagMenu.addPrev(cell));
  add('renameStep', (cell?: vscode.NotebookCell) => tagMenu.rename(cell));
  add('stepProperties', (cell?: vscode.NotebookCell) => tagMenu.askProperties(cell));
  add('removeTags', (cell?: vscode.NotebookCell) => tagMenu.removeTags(cell));
}

function sayUntrusted(): void {
  const manage = t('Manage Workspace Trust');
  void vscode.window.showWarningMessage(t('You can look at runs. To run flows, trust this workspace.'), manage).then((answer) => {
    if (answer === manage) void vscode.commands.executeCommand('workbench.trust.manage');
  });
}
