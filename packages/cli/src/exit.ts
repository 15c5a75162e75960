// How a command ends: the exit code says whose matter it was.

import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { styleText } from 'node:util';
import { isUserError, type Problem } from '@headwater/protocol';

export const EXIT = { done: 0, failed: 1, mistake: 2, bug: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function printProblem(problem: Problem): void {
  process.stderr.write(`${styleText('red', '✗', { stream: process.stderr })} ${problem.sentence}\n`);
  if (problem.hint !== null) process.stderr.write(`  ${problem.hint}\n`);
}

/** The one place where an error of any kind becomes an exit code. */
export function endWith(error: unknown): ExitCode {
  if (isUserError(error)) {
    printProblem(error);
    return EXIT.mistake;
  }
  const report = writeReport(error);
  process.stderr.write(`✗ Headwater made a mistake: ${error instanceof Error ? error.message : String(error)}\n  The report is in ${report}; please send it to us.\n`);
  return EXIT.bug;
}

function writeReport(error: unknown): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'headwater-report-')), 'report.txt');
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  writeFileSync(file, `${stack}\n\nNode ${process.version} on ${process.platform}-${process.arch}\n`);
  return file;
}
