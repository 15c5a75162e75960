// Starting, resuming and stopping runs from the notebook that is open, saved or not.

import type { Diagnostic, Problem, StartReply } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { t } from '../words/translate.ts';
import type { Desk, WorkNotebook } from './desk.ts';

export interface RunnerOptions {
  readonly backend: Backend;
  readonly desk: Desk;
  readonly started: (store: string, run: string) => void;
  /** Asks for the step that the active cell belongs to. */
  readonly tagActiveCell: () => void;
}

interface Ready {
  readonly watched: WorkNotebook;
  readonly place: string;
}

export class Runner {
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Asks for parameters, then runs: all, or up to a step. */
  async run(to: string | null = null): Promise<void> {
    const ready = await this.#ready();
    if (ready === null || ready.watched.analysis === null) return;
    const { watched, place } = ready;
    const parameters = await this.#options.desk.askParameters(watched.analysis ?? ready.watched.analysis, place, to === null ? t('Run flow') : t('Run to {step}', { step: to }));
    if (parameters === null) return;
    const python = await watched.python();
    await this.#start(ready, (signal) => this.#options.backend.call('start', { notebook: place, text: watched.text(), parameters, python, tags: [], to, failFast: false }, signal));
  }

  /** Goes on with a run, from a step or with what still holds; `to` is the last step that runs. */
  async resume(store: string, run: string, more: { readonly from?: string | null; readonly to?: string | null } = {}): Promise<void> {
    const ready = await this.#ready();
    if (ready === null) return;
    const { watched, place } = ready;
    const python = await watched.python();
    await this.#start(ready, (signal) => this.#options.backend.call('resume', {
      store, run, notebook: place, text: watched.text(), parameters: {}, python, from: more.from ?? null, to: more.to ?? null, failFast: false, code: 'now',
    }, signal));
  }

  /** From the step of the active cell, with what stands above it from the newest run; without one it is a run like any other. */
  async runActive(which: 'from' | 'to' | 'only'): Promise<void> {
    const { desk } = this.#options;
    // Looks at it: what the active cell is may just have been typed.
    const ready = await this.#ready();
    if (ready === null) return;
    const { analysis } = ready.watched;
    const step = desk.activeStep;
    if (step === null || analysis === null) {
      await desk.sayProblem(t('No step here'), { code: 'no-step', sentence: t('The active cell belongs to no step.'), hint: t('Tag it as a step first.') });
      return;
    }
    if (which === 'to') await this.run(step);
    else if (analysis.latest === null) await this.run(which === 'only' ? step : null);
    else await this.resume(analysis.store, analysis.latest, { from: step, to: which === 'only' ? step : null });
  }

  async stop(store: string, run: string): Promise<void> {
    try {
      await this.#options.backend.call('stop', { store, run });
    } catch (error) {
      await this.#options.desk.sayProblem(t('Cannot stop {run}', { run }), error as Problem);
    }
  }

  async #ready(): Promise<Ready | null> {
    const watched = this.#options.desk.notebook;
    if (watched === null) {
      await this.#options.desk.sayProblem(t('No notebook'), { code: 'no-notebook', sentence: t('No notebook is open.'), hint: t('Open the notebook of the flow first.') });
      return null;
    }
    await watched.look();
    if (watched.problem === null && typeof watched.place === 'string') return { watched, place: watched.place };
    await this.#options.desk.sayProblem(t('Cannot run'), watched.problem ?? { code: 'no-place', sentence: t('This notebook cannot be run from here.'), hint: null });
    return null;
  }

  async #start(ready: Ready, call: (signal: AbortSignal) => Promise<StartReply>): Promise<void> {
    const unwanted = new AbortController();
    const over = this.#sayPreparing(ready, () => unwanted.abort());
    let reply: StartReply;
    try {
      reply = await call(unwanted.signal);
    } catch (error) {
      if (!unwanted.signal.aborted) await this.#options.desk.sayProblem(t('Cannot run'), error as Problem);
      return;
    } finally {
      over();
    }
    if (reply.type === 'started') this.#options.started(reply.store, reply.run);
    else await this.#refuse(reply.problem, reply.diagnostics);
  }

  /** What is made before the run starts, such as an environment, is said while it is waited for. Returns what ends that. */
  #sayPreparing({ watched, place }: Ready, cancel: () => void): () => void {
    const { backend, desk } = this.#options;
    const told: string[] = [];
    let unsay: () => void = () => undefined;
    const end = backend.on('preparing', ({ notebook, what }) => {
      if (notebook !== place) return;
      told.push(what);
      unsay();
      unsay = desk.sayWaiting(t('{notebook} runs after this: {what}.', { notebook: watched.name, what: told.join('; ') }), cancel);
    });
    return () => { end(); unsay(); };
  }

  async #refuse(problem: Problem, diagnostics: readonly Diagnostic[]): Promise<void> {
    const { desk, tagActiveCell } = this.#options;
    const title = t('This notebook was not run');
    if (diagnostics.some(({ code }) => code === 'no-steps')) {
      // Where everybody begins: what the command line advises is a click here.
      await desk.sayProblem(title, { ...problem, hint: t('Choose a cell that does work, and give it a name.') }, [{ label: t('Tag this cell as a step'), run: tagActiveCell }]);
      return;
    }
    const at = diagnostics.find((each) => each.severity === 'error' && each.cell !== null);
    const { cell } = at ?? { cell: null };
    await desk.sayProblem(title, problem, cell === null ? [] : [{ label: t('Go to cell'), run: () => desk.goToCell(cell, at?.range?.start.line) }]);
  }
}
