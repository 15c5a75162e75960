// Lines that install packages do not run in a flow.

import type { Diagnostic } from '@headwater/protocol';
import type { Context } from './context.ts';
import { diagnose } from './diagnostic.ts';

export function findInstallDiagnostics({ units }: Context): Diagnostic[] {
  return units.flatMap((unit) => unit.cells).flatMap(({ raw, facts }) => (facts?.prepared.pips ?? []).map(({ line, text }) => {
    const length = (raw.source.split('\n')[line] ?? '').length;
    return diagnose({
      code: 'pip-line', severity: 'hint', cell: raw.index, range: { start: { line, column: 0 }, end: { line, column: length } },
      sentence: `\`${text.trim()}\` does not run in a flow.`, hint: 'Install what it names in the environment the flow runs in.',
    });
  }));
}
