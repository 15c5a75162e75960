// One request to a kernel, whoever carries its expressions: a kernel that lacks the package is given the engine's copy, and asked again.

import type { Problem } from '@headwater/protocol';
import { bridgeExpression, kernelExpression, readAnswer, type ExpressionReply, type KernelAnswer, type KernelRequest } from '../client/kernel-request.ts';
import { t } from '../words/translate.ts';

/** Undefined where no answer came. */
export type Evaluate = (expression: string) => Promise<ExpressionReply | undefined>;

/** `bridge`: the folder of the Python package that travels with the engine. */
export async function askThrough(evaluate: Evaluate, bridge: string, request: KernelRequest): Promise<KernelAnswer> {
  const first = readAnswer(await evaluate(kernelExpression(request)));
  if (first !== 'no-package') return first ?? NO_ANSWER;
  const prepared = await evaluate(bridgeExpression(bridge));
  if (prepared?.status !== 'ok') return NO_PACKAGE;
  const second = readAnswer(await evaluate(kernelExpression(request)));
  return second === 'no-package' ? NO_PACKAGE : second ?? NO_ANSWER;
}

/** A kernel that will not answer any more. */
export const kernelDied = (notebook: string): Problem => ({ code: 'kernel-dead', sentence: t('The kernel of {notebook} has died.', { notebook }), hint: t('Restart it, then load again.') });

export const NO_ANSWER: KernelAnswer = { status: 'failed', code: 'no-answer', sentence: 'The kernel gave no answer: it may have been restarted or interrupted.', hint: 'Try it again.' };
const NO_PACKAGE: KernelAnswer = {
  status: 'failed', code: 'no-package', sentence: 'The kernel does not have the package `headwater` and does not see the copy that came with the engine.', hint: 'Install it in the kernel\'s environment: `pip install headwater`',
};
