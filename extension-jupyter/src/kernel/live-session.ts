// The kernel of a notebook: asked by one expression, silently, with nothing in its history.

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelMessage } from '@jupyterlab/services';
import { bridgeExpression, EXPRESSION_NAME, kernelExpression, readAnswer, type ExpressionReply, type KernelAnswer, type KernelRequest } from '@headwater/panels';
import type { Problem } from '@headwater/protocol';

/** Nobody is asked for input, nothing is counted, a failure stops no cell that waits. */
const SILENT = { silent: true, store_history: false, allow_stdin: false, stop_on_error: false } as const;

export type Reply = KernelAnswer | { readonly status: 'no-kernel'; readonly problem: Problem };

export class LiveSession {
  readonly #bridge: () => string;

  /** `bridge`: the folder of the Python package that travels with the engine. */
  constructor(bridge: () => string) {
    this.#bridge = bridge;
  }

  async ask(panel: NotebookPanel, request: KernelRequest): Promise<Reply> {
    const problem = await this.#unfit(panel);
    if (problem !== null) return { status: 'no-kernel', problem };
    const first = readAnswer(await this.#evaluate(panel, kernelExpression(request)));
    if (first !== 'no-package') return first ?? NO_ANSWER;
    const prepared = await this.#evaluate(panel, bridgeExpression(this.#bridge()));
    if (prepared?.status !== 'ok') return NO_PACKAGE;
    const second = readAnswer(await this.#evaluate(panel, kernelExpression(request)));
    return second === 'no-package' ? NO_PACKAGE : second ?? NO_ANSWER;
  }

  /** Whether a cell is running: what is asked waits behind it. */
  isBusy(panel: NotebookPanel): boolean {
    return panel.sessionContext.session?.kernel?.status === 'busy';
  }

  async #unfit(panel: NotebookPanel): Promise<Problem | null> {
    const name = panel.title.label;
    const kernel = panel.sessionContext.session?.kernel;
    if (kernel == null || kernel.status === 'dead') {
      return { code: 'no-kernel', sentence: `${name} has no running kernel.`, hint: `Start a Python kernel in ${name} to load into it.` };
    }
    const { language_info: language } = await kernel.info;
    return language.name === 'python' ? null : { code: 'not-python', sentence: `The kernel of ${name} speaks ${language.name}.`, hint: 'Artifacts are Python objects: start a Python kernel to load into it.' };
  }

  async #evaluate(panel: NotebookPanel, expression: string): Promise<ExpressionReply | undefined> {
    const kernel = panel.sessionContext.session?.kernel;
    if (kernel == null) return undefined;
    const future = kernel.requestExecute({ code: '', ...SILENT, user_expressions: { [EXPRESSION_NAME]: expression } }, true);
    const reply = await future.done as KernelMessage.IExecuteReplyMsg | undefined;
    const content = reply?.content as { user_expressions?: Record<string, ExpressionReply> } | undefined;
    return content?.user_expressions?.[EXPRESSION_NAME];
  }
}

const NO_ANSWER: KernelAnswer = { status: 'failed', code: 'no-answer', sentence: 'The kernel gave no answer: it may have been restarted or interrupted.', hint: 'Try it again.' };
const NO_PACKAGE: KernelAnswer = {
  status: 'failed', code: 'no-package', sentence: 'The kernel does not have the package `headwater` and does not see the copy that came with the engine.', hint: 'Install it in the kernel\'s environment: `pip install headwater`',
};
