// A failure as text: what, where, and the traceback.

import type { Failure } from '@headwater/protocol';

export function printFailure(task: string, failure: Failure): void {
  const place = failure.cell === null ? '' : ` in cell ${failure.cell + 1}${failure.line === null ? '' : `, line ${failure.line}`}`;
  process.stdout.write(`\n${task} failed${place}: ${failure.type}: ${failure.message}\n`);
  if (failure.traceback !== '') process.stdout.write(`${failure.traceback.trimEnd()}\n`);
}
