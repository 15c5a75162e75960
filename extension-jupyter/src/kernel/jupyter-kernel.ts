// The kernel of a notebook: asked by one expression, silently, with nothing in its history.

import type { NotebookPanel } from '@jupyterlab/notebook';
import { askThrough, EXPRESSION_NAME, kernelDied, t, type ExpressionReply, type KernelRequest, type LiveKernel, type Queued, type Reply } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';
import { sendInTurn } from './send-in-turn.ts';

/** Nobody is asked for input, nothing is counted, a failure stops no cell that waits. */
const SILENT = { silent: true, store_history: false, allow_stdin: false, stop_on_error: false } as const;

export class JupyterKernel implements LiveKernel {
  readonly #panel: NotebookPanel;
  readonly #bridge: () => string;
  #health: 'well' | 'tried again' | 'dead' = 'well';

  /** `bridge`: the folder of the Python package that travels with the engine. */
  constructor(panel: NotebookPanel, bridge: () => string) {
    this.#panel = panel;
    this.#bridge = bridge;
    panel.sessionContext.statusChanged.connect((_, status) => this.#see(status));
  }

  get busy(): boolean {
    return this.#panel.sessionContext.session?.kernel?.status === 'busy';
  }

  async ask(request: KernelRequest, queued: Queued): Promise<Reply> {
    const problem = await this.#unfit();
    if (problem !== null) return { status: 'no-kernel', problem };
    const send = () => askThrough((expression) => this.#evaluate(expression), this.#bridge(), request);
    const answer = this.busy ? await sendInTurn(this.#panel, queued, send) : await send();
    if (answer.status === 'cancelled') return answer;
    return answer.status !== 'ok' && this.#health === 'dead' ? { status: 'no-kernel', problem: kernelDied(this.#panel.title.label) } : answer;
  }

  onLost(listener: () => void): () => void {
    const { sessionContext } = this.#panel;
    const onStatus = (_: unknown, status: string) => { if (status === 'restarting' || status === 'autorestarting') listener(); };
    const onKernel = (_: unknown, change: { oldValue: unknown }) => { if (change.oldValue !== null) listener(); };
    sessionContext.statusChanged.connect(onStatus);
    sessionContext.kernelChanged.connect(onKernel);
    return () => {
      sessionContext.statusChanged.disconnect(onStatus);
      sessionContext.kernelChanged.disconnect(onKernel);
    };
  }

  /** When the server has tried in vain to start it again, JupyterLab shows no kernel, as after a shutdown that the person asked for. */
  #see(status: string): void {
    if (status === 'autorestarting') this.#health = 'tried again';
    else if (status === 'dead') this.#health = this.#health === 'well' ? 'well' : 'dead';
    else if (status === 'idle' || status === 'busy') this.#health = 'well';
  }

  async #unfit(): Promise<Problem | null> {
    const name = this.#panel.title.label;
    const kernel = this.#panel.sessionContext.session?.kernel;
    if (this.#health === 'dead') return kernelDied(name);
    if (kernel == null || kernel.status === 'dead') return { code: 'no-kernel', sentence: t('{notebook} has no running kernel.', { notebook: name }), hint: t('Start a Python kernel in {notebook} to load into it.', { notebook: name }) };
    // One that dies while it starts never says what it is.
    const info = await Promise.race([kernel.info, new Promise<null>((resolve) => kernel.disposed.connect(() => resolve(null)))]);
    if (info === null) return kernelDied(name);
    const language = info.language_info.name;
    return language === 'python' ? null : { code: 'not-python', sentence: t('The kernel of {notebook} speaks {language}.', { notebook: name, language }), hint: t('Artifacts are Python objects: start a Python kernel to load into it.') };
  }

  /** Undefined where the kernel went away before it answered. */
  async #evaluate(expression: string): Promise<ExpressionReply | undefined> {
    const kernel = this.#panel.sessionContext.session?.kernel;
    if (kernel == null) return undefined;
    try {
      const future = kernel.requestExecute({ code: '', ...SILENT, user_expressions: { [EXPRESSION_NAME]: expression } }, true);
      const { content } = await future.done;
      return (content as { user_expressions?: Record<string, ExpressionReply> }).user_expressions?.[EXPRESSION_NAME];
    } catch {
      return undefined;
    }
  }
}
