// `headwater logs`: what a task showed, or every step of a run in notebook order.

import { styleText } from 'node:util';
import { outputKey, type Output } from '@headwater/protocol';
import { describeItems, foldRun, parseOutputs, readLines, tasksOf, type Task } from '@headwater/engine';
import { EXIT } from '../exit.ts';
import { outputText } from '../render/outputs.ts';
import type { GlobalOptions } from '../verbs.ts';
import { findRun, findTasksOf, type FoundRun } from './find-run.ts';

export async function logs(args: readonly string[], options: Readonly<Record<string, unknown>>, shared: GlobalOptions): Promise<number> {
  const { store, run, tasks } = await findAll(args[0] ?? '', shared);
  for (const task of tasks) {
    if (task.attempt === null) continue;
    const frames = parseOutputs(await readLines(store, outputKey(run.flow, run.number, task.attempt))).filter(chooser(options));
    if (shared.json === true) for (const frame of frames) process.stdout.write(`${JSON.stringify({ step: task.step, task: task.task, ...frame })}\n`);
    else process.stdout.write(`${frames.length > 0 && tasks.length > 1 ? headOf(task) : ''}${frames.map(outputText).join('')}`);
  }
  return EXIT.done;
}

async function findAll(text: string, shared: GlobalOptions): Promise<FoundRun & { tasks: readonly Task[] }> {
  if (text.split('/').length > 2) return findTasksOf(text, shared);
  const found = await findRun(text, shared);
  const state = await foldRun(found.store, found.run);
  const tasks = state.steps.flatMap((_, position) => [...tasksOf(state, position)]);
  // What ran ahead of a step that failed never counted; what a person stopped did.
  return { ...found, tasks: state.stopping ? tasks : tasks.filter(({ status }) => status !== 'stopped') };
}

/** Which branch or iteration, where there are several. */
export function headOf({ task, items, iteration }: Task): string {
  return items.length === 0 && iteration === null ? '' : `${styleText('gray', `── ${task}${items.length === 0 ? '' : ` · ${describeItems(items)}`}`)}\n`;
}

function chooser(options: Readonly<Record<string, unknown>>): (frame: Output) => boolean {
  const only = options['stdout'] === true ? 'stdout' : options['stderr'] === true ? 'stderr' : null;
  return (frame) => only === null || (frame.k === 'stream' && frame.name === only);
}
