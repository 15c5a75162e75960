// A failure as text: what, where, and the traceback.

import type { FailureGroup } from '@headwater/engine';

/** Of many tasks that failed alike, the first. */
export function printFailureGroup({ step, tasks, failure }: FailureGroup): void {
  if (failure === null) return;
  const place = failure.cell === null ? '' : ` in cell ${failure.cell + 1}${failure.line === null ? '' : `, line ${failure.line}`}`;
  const who = tasks.length === 1 ? tasks[0] ?? step : `${tasks.length} tasks of ${step} (${listTasks(tasks)})`;
  process.stdout.write(`\n${who} failed${place}: ${failure.type}: ${failure.message}\n`);
  if (failure.traceback !== '') process.stdout.write(`${failure.traceback.trimEnd()}\n`);
}

const SHOWN = 3;

export function listTasks(tasks: readonly string[]): string {
  return `${tasks.slice(0, SHOWN).join(', ')}${tasks.length > SHOWN ? ` and ${tasks.length - SHOWN} more` : ''}`;
}
