// Cells that are no Python. In the flow that refuses the run; outside it is only worth a word.

import type { Diagnostic } from '@headwater/protocol';
import type { Context } from './context.ts';
import { diagnose } from './diagnostic.ts';
import { rangeOf } from './range.ts';

export function findSyntaxDiagnostics({ cells }: Context): Diagnostic[] {
  return cells.flatMap((cell) => {
    const inFlow = cell.role !== 'scratch' && cell.role !== 'skip';
    return (cell.facts?.problems ?? []).map((problem) => {
      const range = rangeOf(cell, problem);
      const where = cell.step === null ? 'The cell' : `Step \`${cell.step}\``;
      return diagnose({
        code: 'syntax-error', severity: inFlow ? 'error' : 'hint', cell: cell.raw.index, range,
        sentence: `${where} has a syntax error in line ${(range?.start.line ?? 0) + 1}: ${problem.what}.`,
      });
    });
  });
}
