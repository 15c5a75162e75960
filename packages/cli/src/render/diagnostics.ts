// Diagnostics as lines: where, what, and what to do about it.

import { styleText } from 'node:util';
import type { Diagnostic } from '@headwater/protocol';

const MARKS = { error: ['red', '✗'], warning: ['yellow', '⚠'], hint: ['gray', '·'] } as const;

export function printDiagnostics(diagnostics: readonly unknown[], json: boolean): void {
  for (const each of diagnostics as readonly Diagnostic[]) {
    if (json) process.stdout.write(`${JSON.stringify({ type: 'diagnostic', ...each })}\n`);
    else process.stderr.write(`${formatDiagnostic(each)}\n`);
  }
}

export function formatDiagnostic(diagnostic: Diagnostic): string {
  const [colour, mark] = MARKS[diagnostic.severity];
  const place = diagnostic.cell === null ? '' : ` cell ${diagnostic.cell + 1}${diagnostic.range === null ? '' : `, line ${diagnostic.range.start.line + 1}`}:`;
  const hint = diagnostic.hint === null ? '' : `\n    ${diagnostic.hint}`;
  return `${styleText(colour, mark)}${place} ${diagnostic.sentence} ${styleText('gray', diagnostic.code)}${hint}`;
}
