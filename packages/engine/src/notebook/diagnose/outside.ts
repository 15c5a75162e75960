// Cells outside the flow that change what a step reads: the person's own Run All would differ from a run.

import type { Diagnostic } from '@headwater/protocol';
import type { Context, OutsideCell } from './context.ts';
import { describeUnit } from './names.ts';
import { diagnose } from './diagnostic.ts';
import { rangeOf } from './range.ts';

export function findOutsideDiagnostics(context: Context): Diagnostic[] {
  return context.outside.flatMap((outside) => findRebound(context, outside));
}

function findRebound(context: Context, { cell, findings }: OutsideCell): Diagnostic[] {
  return [...findings.binds].flatMap(([name, bind]) => {
    if (/^%|^file:/.test(name)) return [];
    const reader = context.units.find((unit) => (unit.cells[0]?.raw.index ?? 0) > cell.raw.index && unit.findings.reads.has(name) && isFromAbove(context, name, unit.at, cell.raw.index));
    if (reader === undefined) return [];
    const verb = { bind: 'rebinds', change: 'changes', delete: 'deletes' }[bind.kind];
    return [diagnose({
      code: 'scratch-rebinds', severity: cell.role === 'skip' ? 'hint' : 'warning', cell: cell.raw.index, range: rangeOf(cell, bind.spot),
      sentence: `The cell is not part of the flow, but it ${verb} \`${name}\`, which ${describeUnit(reader).toLowerCase()} reads: running all cells by hand would give something else than a run.`,
      hint: `Use another name here, or give the cell to a step.`,
    })];
  });
}

/** What the reader gets was bound before the cell. */
function isFromAbove({ providers, units }: Context, name: string, reader: number, cell: number): boolean {
  const [last] = providers.above(name, reader);
  const first = last === undefined ? undefined : units[last]?.cells[0]?.raw.index;
  return first !== undefined && first < cell;
}
