// Waiting behind the cell that runs. A kernel gives nothing back that it was sent, so a wish is kept here until its turn: until then it can be cancelled.

import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { NO_ANSWER, type KernelAnswer, type Queued } from '@headwater/panels';

type Answer = KernelAnswer | { readonly status: 'cancelled' };

const GONE: ReadonlySet<string> = new Set(['restarting', 'autorestarting', 'terminating', 'dead']);

export function sendInTurn({ content, sessionContext }: NotebookPanel, queued: Queued, send: () => Promise<KernelAnswer>): Promise<Answer> {
  return new Promise((resolve) => {
    const take = (answer: Answer | Promise<Answer>) => {
      unqueue();
      sessionContext.statusChanged.disconnect(onStatus);
      sessionContext.kernelChanged.disconnect(onKernel);
      NotebookActions.executionScheduled.disconnect(onCell);
      resolve(answer);
    };
    const onKernel = () => take(NO_ANSWER);
    const onStatus = (_: unknown, status: string) => {
      if (GONE.has(status)) take(NO_ANSWER);
      else if (status === 'idle') take(send());
    };
    // A cell that is run meanwhile must find what was wished for before it: it is told in the moment before it is sent.
    const onCell = (_: unknown, { notebook }: { readonly notebook: unknown }) => {
      if (notebook === content) take(send().finally(queued(null)));
    };
    const unqueue = queued(() => take({ status: 'cancelled' }));
    sessionContext.statusChanged.connect(onStatus);
    sessionContext.kernelChanged.connect(onKernel);
    NotebookActions.executionScheduled.connect(onCell);
  });
}
