// The kernel of a notebook: asked by one expression, silently, with nothing in its history.

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelMessage } from '@jupyterlab/services';
import { askThrough, EXPRESSION_NAME, type ExpressionReply, type KernelRequest, type LiveKernel, type Reply } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';

/** Nobody is asked for input, nothing is counted, a failure stops no cell that waits. */
const SILENT = { silent: true, store_history: false, allow_stdin: false, stop_on_error: false } as const;

export class JupyterKernel implements LiveKernel {
  readonly #panel: NotebookPanel;
  readonly #bridge: () => string;

  /** `bridge`: the folder of the Python package that travels with the engine. */
  constructor(panel: NotebookPanel, bridge: () => string) {
    this.#panel = panel;
    this.#bridge = bridge;
  }

  get busy(): boolean {
    return this.#panel.sessionContext.session?.kernel?.status === 'busy';
  }

  async ask(request: KernelRequest, queued: (cancel: null) => () => void): Promise<Reply> {
    const unqueue = this.busy ? queued(null) : () => undefined;
    try {
      const problem = await this.#unfit();
      return problem === null ? await askThrough((expression) => this.#evaluate(expression), this.#bridge(), request) : { status: 'no-kernel', problem };
    } finally {
      unqueue();
    }
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

  async #unfit(): Promise<Problem | null> {
    const name = this.#panel.title.label;
    const kernel = this.#panel.sessionContext.session?.kernel;
    if (kernel == null || kernel.status === 'dead') {
      return { code: 'no-kernel', sentence: `${name} has no running kernel.`, hint: `Start a Python kernel in ${name} to load into it.` };
    }
    const { language_info: language } = await kernel.info;
    return language.name === 'python' ? null : { code: 'not-python', sentence: `The kernel of ${name} speaks ${language.name}.`, hint: 'Artifacts are Python objects: start a Python kernel to load into it.' };
  }

  async #evaluate(expression: string): Promise<ExpressionReply | undefined> {
    const kernel = this.#panel.sessionContext.session?.kernel;
    if (kernel == null) return undefined;
    const future = kernel.requestExecute({ code: '', ...SILENT, user_expressions: { [EXPRESSION_NAME]: expression } }, true);
    const reply = await future.done as KernelMessage.IExecuteReplyMsg | undefined;
    const content = reply?.content as { user_expressions?: Record<string, ExpressionReply> } | undefined;
    return content?.user_expressions?.[EXPRESSION_NAME];
  }
}
