// Loading from runs into the notebook's kernel: asks before it overwrites, says where the click was what became of it.

import { formatWait, type PlacedOutputs, type Problem, type TaskView } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { installCell, loadCell, otherName, type KernelRequest } from '../client/kernel-request.ts';
import type { ArtifactRef, Loaded } from '../host.ts';
import { t } from '../words/translate.ts';
import type { Desk, Reply, WorkNotebook } from './desk.ts';
import { LoadedNames } from './loaded-names.ts';
import { isLongWay } from './long-way.ts';

const SHOWN = 5;

export class Loader {
  readonly #desk: Desk;
  readonly #backend: Backend;
  readonly #loaded: LoadedNames;

  constructor(desk: Desk, backend: Backend) {
    this.#desk = desk;
    this.#backend = backend;
    this.#loaded = new LoadedNames(desk);
  }

  async load(artifact: ArtifactRef): Promise<Loaded> {
    const notebook = this.#desk.notebook;
    if (notebook === null) return refuse({ code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook to load into.') });
    if (isLongWay(artifact) && !(await this.#isWanted(artifact))) return { kind: 'cancelled' };
    const request = { do: 'load', store: artifact.store, path: artifact.path, as: artifact.name, overwrite: false } as const;
    const first = await this.#ask(notebook, request, artifact.name);
    return first.status === 'taken' ? this.#loadAs(notebook, request, { artifact, was: first.names[0]?.was ?? '' }) : this.#finish(notebook, first, artifact, request.as);
  }

  /** The name is taken: under which one, or in its place. */
  async #loadAs(notebook: WorkNotebook, request: Extract<KernelRequest, { do: 'load' }>, { artifact, was }: { artifact: ArtifactRef; was: string }): Promise<Loaded> {
    const choice = await this.#desk.chooseName(artifact.name, was, otherName(artifact.path, artifact.name));
    if (choice === null) return { kind: 'cancelled' };
    const as = choice.kind === 'as' ? choice.name : artifact.name;
    return this.#finish(notebook, await this.#ask(notebook, { ...request, as, overwrite: choice.kind === 'replace' }, as), artifact, as);
  }

  async loadRun(store: string, run: string): Promise<Loaded> {
    return this.#many({ do: 'load-run', store, run, overwrite: false }, t('Load run'), t('Everything at the end of {run}', { run }));
  }

  /** `step` may be a branch, `train[3]`. At the failure where it failed, else as it began; afterwards the cursor stands in its cell. */
  async restoreStep(store: string, run: string, step: string): Promise<Loaded> {
    let view: TaskView;
    try {
      view = await this.#backend.call('task', { store, run, task: step });
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
    const cell = this.#desk.notebook?.analysis?.steps.find((each) => each.name === task.step)?.cells[0];
    if (cell !== undefined) this.#desk.goToCell(cell, failure?.line ?? undefined);
  }

  insertLoadCell(artifact: ArtifactRef): void {
    this.#insert((notebook) => loadCell(artifact.path, artifact.name, notebook.analysis?.store === artifact.store ? null : artifact.store));
  }

  /** `requirement` comes from a record, and through a page: what is more than a package and a version is written into no cell. */
  insertInstallCell(requirement: string): void {
    const cell = installCell(requirement);
    if (cell !== null) this.#insert(() => cell);
  }

  #insert(write: (notebook: WorkNotebook) => string): void {
    const { notebook } = this.#desk;
    if (notebook === null) void this.#desk.sayProblem(t('No notebook'), { code: 'no-notebook', sentence: t('No notebook is open.'), hint: null });
    else notebook.insertCell(write(notebook));
  }

  /** Puts a run's outputs under the cells that still are what ran; the others keep theirs and are named. */
  async writeOutputs(store: string, run: string): Promise<void> {
    const { notebook } = this.#desk;
    if (notebook === null || typeof notebook.place !== 'string') return;
    try {
      const { cells, missing } = await this.#readOutputs(notebook, { store, run, place: notebook.place });
      const same = cells.filter((cell) => !cell.changed);
      await notebook.putOutputs(same);
      const left = cells.length - same.length;
      const notes = [left > 0 ? t('{n} changed since and kept their own', { n: left }) : '', missing.length > 0 ? t('{steps} not in the notebook any more', { steps: missing.join(', ') }) : ''].filter((note) => note !== '');
      this.#desk.say([t('Outputs of {run} are under {n} cells', { run, n: same.length }), ...notes].join('; ') + '.', notes.length > 0 ? 'warning' : 'success');
    } catch (error) {
      await this.#desk.sayProblem(t('Cannot write outputs'), error as Problem);
    }
  }

  async #readOutputs(notebook: WorkNotebook, { store, run, place }: { store: string; run: string; place: string }): Promise<Pick<PlacedOutputs, 'cells' | 'missing'>> {
    const cells: PlacedOutputs['cells'][number][] = [];
    for (let after = 0; ;) {
      const page = await this.#backend.call('outputs', { store, run, notebook: place, text: notebook.text(), after });
      cells.push(...page.cells);
      if (page.next === null) return { cells, missing: page.missing };
      after = page.next;
    }
  }

  async #many(request: Exclude<KernelRequest, { do: 'load' }>, act: string, what: string): Promise<Loaded> {
    const notebook = this.#desk.notebook;
    if (notebook === null) return this.#sayRefused(act, { code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook to load into.') });
    let answer = await this.#ask(notebook, request, what);
    if (answer.status === 'taken') {
      const list = answer.names.map(({ name, was }) => `${name} (${was})`).join(', ');
      if (!(await this.#desk.ask(act, t('{what} replaces names that are bound in {notebook}: {list}.', { what, notebook: notebook.name, list }), t('Replace {n} names', { n: answer.names.length })))) return { kind: 'cancelled' };
      answer = await this.#ask(notebook, { ...request, overwrite: true }, what);
    }
    if (answer.status === 'cancelled') return { kind: 'cancelled' };
    if (answer.status !== 'ok') return this.#sayRefused(act, problemOf(answer), installOf(answer));
    this.#loaded.add(notebook, answer.bound.map(({ name }) => name), request);
    const lost = answer.skipped.length > 0 ? ` ${t('Not stored: {names}.', { names: answer.skipped.join(', ') })}` : '';
    this.#desk.say(t('{what} is in {notebook}: {n} names, {time}.', { what, notebook: notebook.name, n: answer.bound.length, time: formatWait(answer.ms) }) + lost, 'success');
    return { kind: 'loaded', as: what, notebook: notebook.name };
  }

  #ask(notebook: WorkNotebook, request: KernelRequest, what: string): Promise<Reply> {
    return notebook.kernel.ask(request, (cancel) => this.#desk.sayWaiting(t('The kernel of {notebook} is running a cell. {what} is loaded right after it.', { notebook: notebook.name, what }), cancel));
  }

  #finish(notebook: WorkNotebook, answer: Reply, artifact: ArtifactRef, as: string): Loaded {
    if (answer.status === 'cancelled') return { kind: 'cancelled' };
    if (answer.status !== 'ok') return refuse(problemOf(answer), installOf(answer));
    this.#loaded.add(notebook, [as], { do: 'load', store: artifact.store, path: artifact.path, as, overwrite: true });
    const said = t('{name} is in {notebook}: {type}, from {path}, {time}.', { name: as, notebook: notebook.name, type: answer.bound[0]?.type ?? '', path: artifact.path, time: formatWait(answer.ms) });
    // A list that is shorter than the foreach is never shown as a whole one.
    const without = answer.skipped.length === 0 ? '' : ` ${t('Without {tasks}: there is none there.', { tasks: nameSome(answer.skipped) })}`;
    this.#desk.say(said + without, without === '' ? 'success' : 'warning');
    return { kind: 'loaded', as, notebook: notebook.name };
  }

  async #sayRefused(title: string, problem: Problem, install: string | null = null): Promise<Loaded> {
    await this.#desk.sayProblem(title, problem, install === null ? [] : [{ label: t('Insert install cell'), run: () => this.insertInstallCell(install) }]);
    return refuse(problem, install);
  }

  #isWanted({ name, size }: ArtifactRef): Promise<boolean> {
    const gigabytes = (size / 1e9).toFixed(1);
    return this.#desk.ask(t('Load {name}', { name }), t('{name} is {size} GB and not on this disk.', { name, size: gigabytes }), t('Load {size} GB', { size: gigabytes }));
  }
}

function nameSome(tasks: readonly string[]): string {
  const more = tasks.length - SHOWN;
  return tasks.slice(0, SHOWN).join(', ') + (more > 0 ? ` ${t('and {n} more', { n: more })}` : '');
}

const refuse = (problem: Problem, install: string | null = null): Loaded => ({ kind: 'refused', problem, install });

const installOf = (answer: Reply): string | null => (answer.status === 'failed' ? answer.install ?? null : null);

function problemOf(answer: Exclude<Reply, { status: 'ok' | 'cancelled' }>): Problem {
  if (answer.status === 'no-kernel') return answer.problem;
  if (answer.status === 'failed') return answer;
  return { code: 'taken', sentence: t('{names} is bound already.', { names: answer.names.map(({ name }) => name).join(', ') }), hint: null };
}
