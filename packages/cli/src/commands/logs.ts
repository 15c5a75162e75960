// `headwater logs`: what a task showed, or every step of a run in notebook order.

import { outputKey, type Output } from '@headwater/protocol';
import { foldRun, parseOutputs, readLines, type StepState } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { outputText } from '../render/outputs.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun, findTask, type FoundRun } from './find-run.ts';

export async function logs(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const text = args[0] ?? '';
  const isTask = text.split('/').length > 2;
  const found: FoundRun & { steps: readonly StepState[] } = isTask
    ? await findTask(text, shared).then((task) => ({ ...task, steps: [task.step] }))
    : await findRun(text, shared).then(async (run) => ({ ...run, steps: (await foldRun(run.store, run.run)).steps.filter(({ status }) => status !== 'stopped') }));
  for (const step of found.steps) {
    if (step.current === null) continue;
    const frames = parseOutputs(await readLines(found.store, outputKey(found.run.flow, found.run.number, step.current.id)));
    for (const frame of frames.filter(chooser(options))) {
      process.stdout.write(shared.json === true ? `${JSON.stringify({ step: step.plan.name, ...frame })}\n` : outputText(frame));
    }
  }
  return EXIT.done;
}

function chooser(options: Readonly<Record<string, unknown>>): (frame: Output) => boolean {
  const only = options['stdout'] === true ? 'stdout' : options['stderr'] === true ? 'stderr' : null;
  return (frame) => only === null || (frame.k === 'stream' && frame.name === only);
}
