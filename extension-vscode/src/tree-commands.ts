// What can be done with a row of the trees.

import * as vscode from 'vscode';
import { t } from '@headwater/panels';
import type { Add, CommandParts } from './commands.ts';
import { executedUri } from './views/executed.ts';
import { refOf, type RunsNode } from './views/runs-tree.ts';

type Run = Pick<Extract<RunsNode, { kind: 'run' }>, 'store' | 'row'>;
type Step = Extract<RunsNode, { kind: 'step' | 'task' }>;
type Artifact = Extract<RunsNode, { kind: 'artifact' }>;

/** Two clicks on the same row within this time are one wish for a page that stays. */
const DOUBLE_MS = 500;

export function addTreeCommands(parts: CommandParts, add: Add): void {
  const { acts, desk, notebooks, model, tree } = parts;
  let last = { run: '', at: 0 };
  add('openRun', ({ store, row }: Run) => {
    const twice = last.run === row.run && Date.now() - last.at < DOUBLE_MS;
    last = { run: row.run, at: Date.now() };
    acts.openRun(store, row.run, { stays: twice });
  });
  add('resumeRun', ({ store, row }: Run) => acts.resume(store, row.run));
  add('stop', ({ store, row }: Run) => acts.stop(store, row.run));
  add('loadRun', ({ store, row }: Run) => acts.loadRun(store, row.run));
  add('writeOutputs', ({ store, row }: Run) => acts.writeOutputs(store, row.run));
  add('openExecuted', ({ store, row }: Run) => acts.openExecuted(store, row.run));
  add('openReport', ({ store, row }: Run) => acts.openReport(store, row.run));
  add('notebookDiff', ({ store, row }: Run) => {
    const { current } = notebooks;
    if (current === null) return desk.sayProblem(t('Notebook diff'), { code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook to compare with.') });
    return vscode.commands.executeCommand('vscode.diff', executedUri(store, row.run), current.document.uri, t('{run} and {notebook} now', { run: row.run, notebook: current.name }));
  });
  add('compare', (_: Run, chosen?: readonly RunsNode[]) => {
    const rows = (chosen ?? tree.selection).flatMap((node) => (node.kind === 'run' ? [node] : []));
    const [first] = rows;
    if (first === undefined || rows.length < 2) return desk.sayProblem(t('Compare'), { code: 'one-run', sentence: t('Choose a second run.'), hint: t('Hold Ctrl and click it.') });
    acts.openCompare(first.store, rows.map(({ row }) => row.run));
    return undefined;
  });
  add('restoreHere', (node: Step) => acts.restoreStep(node.store, node.run, node.kind === 'task' ? node.task.task : node.step.name));
  add('goToCell', (at: number | Step) => acts.goToCell(typeof at === 'number' ? at : at.step.cells[0] ?? 0));
  add('load', async ({ store, artifact }: Artifact) => {
    const reference = refOf(store, artifact);
    const loaded = await acts.load(reference);
    // There is no row that could say so.
    if (loaded.kind !== 'refused') return;
    const { problem, install } = loaded;
    const first = install === null ? [] : [{ label: t('Insert install cell'), run: () => acts.insertInstallCell(install) }];
    await desk.sayProblem(t('Load'), problem, [...first, { label: t('Insert load cell'), run: () => acts.insertLoadCell(reference) }]);
  });
  add('insertLoadCell', ({ store, artifact }: Artifact) => acts.insertLoadCell(refOf(store, artifact)));
  add('openTable', ({ store, artifact }: Artifact) => acts.openTable(refOf(store, artifact)));
  add('copyPath', (node: RunsNode) => acts.copy(node.kind === 'run' ? node.row.run : node.kind === 'artifact' ? node.artifact.path : ''));
  add('more', ({ flow }: Extract<RunsNode, { kind: 'more' }>) => model.more(flow));
  add('refresh', () => model.again());
}
