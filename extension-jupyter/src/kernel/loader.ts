// Loading from runs into the notebook's kernel: asks before it overwrites, says where the click was what became of it.

import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { loadCell, otherName, t, type ArtifactRef, type Backend, type KernelAnswer, type KernelRequest, type Loaded } from '@headwater/panels';
import type { PlacedOutputs, Problem, TaskView } from '@headwater/protocol';
import { chooseName } from '../dialogs/name-dialog.ts';
import { ask, say, sayProblem, unsay } from '../dialogs/say.ts';
import type { Notebooks } from '../notebook/notebooks.ts';
import type { WatchedNotebook } from '../notebook/watched-notebook.ts';
import type { LiveSession, Reply } from './live-session.ts';
import type { LoadedNames } from './loaded-names.ts';

const LARGE_BYTES = 1e9;

export interface LoaderOptions {
  readonly notebooks: Notebooks;
  readonly session: LiveSession;
  readonly loaded: LoadedNames;
  readonly backend: Backend;
  readonly goToCell: (cell: number, line?: number) => void;
}

export class Loader {
  readonly #options: LoaderOptions;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  async load(artifact: ArtifactRef): Promise<Loaded> {
    const panel = this.#options.notebooks.current?.panel ?? null;
    if (panel === null) return refused({ code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook to load into.') });
    if (artifact.size > LARGE_BYTES && !(await isWanted(artifact))) return { kind: 'cancelled' };
    const request = { do: 'load', store: artifact.store, path: artifact.path, as: artifact.name, overwrite: false } as const;
    const first = await this.#ask(panel, request, artifact.name);
    return first.status === 'taken' ? this.#loadAs(panel, request, { artifact, was: first.names[0]?.was ?? '' }) : this.#finish(panel, first, artifact, request.as);
  }

  /** The name is taken: under which one, or in its place. */
  async #loadAs(panel: NotebookPanel, request: Extract<KernelRequest, { do: 'load' }>, { artifact, was }: { artifact: ArtifactRef; was: string }): Promise<Loaded> {
    const choice = await chooseName(artifact.name, was, otherName(artifact.path, artifact.name));
    if (choice === null) return { kind: 'cancelled' };
    const as = choice.kind === 'as' ? choice.name : artifact.name;
    return this.#finish(panel, await this.#ask(panel, { ...request, as, overwrite: choice.kind === 'replace' }, as), artifact, as);
  }

  async loadRun(store: string, run: string): Promise<Loaded> {
    return this.#many({ do: 'load-run', store, run, overwrite: false }, t('Load run'), t('Everything at the end of {run}', { run }));
  }

  /** `step` may be a branch, `train[3]`. At the failure where it failed, else as it began; afterwards the cursor stands in its cell. */
  async restoreStep(store: string, run: string, step: string): Promise<Loaded> {
    let view: TaskView;
    try {
      view = await this.#options.backend.call('task', { store, run, task: step });
    } catch (error) {
      return this.#sayRefused(t('Restore step'), error as Problem);
    }
    const { failure } = view;
    const [moment, what] = failure === null ? ['start', t('{step} of {run} at its start', { step, run })] as const : ['failure', t('{step} of {run} at the failure', { step, run })] as const;
    const loaded = await this.#many({ do: 'restore', store, run, step, moment, overwrite: false }, t('Restore step'), what);
    if (loaded.kind === 'loaded') this.#goTo(view);
    return loaded;
  }

  #goTo({ failure, task }: TaskView): void {
    const cell = this.#options.notebooks.current?.analysis?.steps.find((each) => each.name === task.step)?.cells[0];
    if (cell !== undefined) this.#options.goToCell(cell, failure?.line ?? undefined);
  }

  insertLoadCell(artifact: ArtifactRef): void {
    const watched = this.#options.notebooks.current;
    if (watched === null) {
      void sayProblem(t('No notebook'), { code: 'no-notebook', sentence: t('No notebook is open.'), hint: null });
      return;
    }
    const nearest = watched.analysis?.store === artifact.store;
    const { content } = watched.panel;
    NotebookActions.insertBelow(content);
    content.activeCell?.model.sharedModel.setSource(loadCell(artifact.path, artifact.name, nearest ? null : artifact.store));
  }

  /** Puts a run's outputs under the cells that still are what ran; the others keep theirs and are named. */
  async writeOutputs(store: string, run: string): Promise<void> {
    const watched = this.#options.notebooks.current;
    if (watched === null || typeof watched.place !== 'string') return;
    try {
      const { cells, missing } = await this.#readOutputs(watched, { store, run, place: watched.place });
      const same = cells.filter((cell) => !cell.changed);
      writeCells(watched.panel, same);
      const left = cells.length - same.length;
      const notes = [left > 0 ? t('{n} changed since and kept their own', { n: left }) : '', missing.length > 0 ? t('{steps} not in the notebook any more', { steps: missing.join(', ') }) : ''].filter((note) => note !== '');
      say([t('Outputs of {run} are under {n} cells', { run, n: same.length }), ...notes].join('; ') + '.', notes.length > 0 ? 'warning' : 'success');
    } catch (error) {
      await sayProblem(t('Cannot write outputs'), error as Problem);
    }
  }

  async #readOutputs(watched: WatchedNotebook, { store, run, place }: { store: string; run: string; place: string }): Promise<Pick<PlacedOutputs, 'cells' | 'missing'>> {
    const cells: PlacedOutputs['cells'][number][] = [];
    for (let after = 0; ;) {
      const page = await this.#options.backend.call('outputs', { store, run, notebook: place, text: watched.text(), after });
      cells.push(...page.cells);
      if (page.next === null) return { cells, missing: page.missing };
      after = page.next;
    }
  }

  async #many(request: Exclude<KernelRequest, { do: 'load' }>, act: string, what: string): Promise<Loaded> {
    const panel = this.#options.notebooks.current?.panel ?? null;
    if (panel === null) return this.#sayRefused(act, { code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook to load into.') });
    let answer = await this.#ask(panel, request, what);
    if (answer.status === 'taken') {
      const list = answer.names.map(({ name, was }) => `${name} (${was})`).join(', ');
      if (!(await ask(act, t('{what} replaces names that are bound in {notebook}: {list}.', { what, notebook: panel.title.label, list }), t('Replace {n} names', { n: answer.names.length })))) return { kind: 'cancelled' };
      answer = await this.#ask(panel, { ...request, overwrite: true }, what);
    }
    if (answer.status !== 'ok') return this.#sayRefused(act, problemOf(answer));
    this.#options.loaded.add(panel, answer.bound.map(({ name }) => name), request);
    const lost = answer.skipped.length > 0 ? ` ${t('Not stored: {names}.', { names: answer.skipped.join(', ') })}` : '';
    say(t('{what} is in {notebook}: {n} names, {ms} ms.', { what, notebook: panel.title.label, n: answer.bound.length, ms: answer.ms }) + lost, 'success');
    return { kind: 'loaded', as: what, notebook: panel.title.label };
  }

  async #ask(panel: NotebookPanel, request: KernelRequest, what: string): Promise<Reply> {
    const busy = this.#options.session.isBusy(panel) ? say(t('The kernel of {notebook} is running a cell. {what} is loaded right after it.', { notebook: panel.title.label, what })) : null;
    try {
      return await this.#options.session.ask(panel, request);
    } finally {
      if (busy !== null) unsay(busy);
    }
  }

  #finish(panel: NotebookPanel, answer: Reply, artifact: ArtifactRef, as: string): Loaded {
    if (answer.status !== 'ok') return refused(problemOf(answer));
    this.#options.loaded.add(panel, [as], { do: 'load', store: artifact.store, path: artifact.path, as, overwrite: true });
    say(t('{name} is in {notebook}: {type}, from {path}, {ms} ms.', { name: as, notebook: panel.title.label, type: answer.bound[0]?.type ?? '', path: artifact.path, ms: answer.ms }), 'success');
    return { kind: 'loaded', as, notebook: panel.title.label };
  }

  async #sayRefused(title: string, problem: Problem): Promise<Loaded> {
    await sayProblem(title, problem);
    return refused(problem);
  }
}

function isWanted({ name, size }: ArtifactRef): Promise<boolean> {
  return ask(t('Load {name}', { name }), t('{name} takes {size} GB.', { name, size: (size / 1e9).toFixed(1) }), t('Load {name}', { name }));
}

const refused = (problem: Problem): Loaded => ({ kind: 'refused', problem });

function problemOf(answer: Exclude<Reply, Extract<KernelAnswer, { status: 'ok' }>>): Problem {
  if (answer.status === 'no-kernel') return answer.problem;
  if (answer.status === 'failed') return answer;
  return { code: 'taken', sentence: t('{names} is bound already.', { names: answer.names.map(({ name }) => name).join(', ') }), hint: null };
}

function writeCells(panel: NotebookPanel, cells: readonly PlacedOutputs['cells'][number][]): void {
  const { model } = panel.content;
  model?.sharedModel.transact(() => {
    for (const { index, number, outputs } of cells) {
      const cell = model.cells.get(index).sharedModel;
      if (cell.cell_type !== 'code' || !('setOutputs' in cell)) continue;
      const code = cell as unknown as { setOutputs: (outputs: unknown[]) => void; execution_count: number | null };
      code.setOutputs([...outputs]);
      code.execution_count = number;
    }
  });
}
