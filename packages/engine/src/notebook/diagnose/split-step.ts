// Cells of one step run together at the place of the first: what stands between them must not mind.

import type { Diagnostic } from '@headwater/protocol';
import type { AssignedCell } from '../flow/assigned-cell.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { Findings } from '../names/findings.ts';
import type { Context } from './context.ts';
import { diagnose, listNames } from './diagnostic.ts';

export function findSplitDiagnostics(context: Context, observe: (cell: AssignedCell) => Findings): Diagnostic[] {
  return context.units.filter((unit) => isSplit(context, unit)).flatMap((unit) => unit.cells.slice(1).flatMap((cell) => {
    const between = context.units.filter((other) => other.at > unit.at && (other.cells[0]?.raw.index ?? 0) < cell.raw.index);
    if (between.length === 0) return [];
    const moved = observe(cell);
    return between.flatMap((other) => describeConflict(context, { unit, cell, moved, other })).slice(0, 1);
  }));
}

/** Something begins before its last cell. */
function isSplit({ units }: Context, unit: ObservedUnit): boolean {
  const next = units[unit.at + 1]?.cells[0]?.raw.index;
  return next !== undefined && next < (unit.cells.at(-1)?.raw.index ?? 0);
}

interface Move {
  readonly unit: ObservedUnit;
  readonly cell: AssignedCell;
  readonly moved: Findings;
  readonly other: ObservedUnit;
}

function describeConflict(context: Context, move: Move): Diagnostic[] {
  const { unit, cell, moved, other } = move;
  const names = findConflicts(context, move);
  const blind = [moved, other.findings].find((findings) => findings.openness === 'opaque');
  if (names.length === 0 && blind === undefined) return [];
  const where = other.kind === 'step' ? `step \`${other.name}\`` : 'a setup cell';
  const because = names.length > 0 ? `both use ${listNames(names.slice(0, 3).map((name) => name.replace(/^file:/, '')))}` : `nobody can see which names they share: ${blind?.reason ?? ''}`;
  return [diagnose({
    code: 'split-step', severity: 'error', cell: cell.raw.index,
    sentence: `Step \`${unit.name}\` goes on here, but ${where} stands between its cells, and ${because}.`,
    hint: 'Cells of one step run together at the place of the first: move this cell up, or make it a step of its own.',
  })];
}

/** Names for which it matters which of the two runs first. */
function findConflicts({ units }: Context, { cell, moved, other }: Move): string[] {
  const own = other.findings;
  const taken = [...moved.reads.keys()].filter((name) => own.binds.has(name));
  const given = [...moved.binds.keys()].filter((name) => own.reads.has(name));
  // Both bind it: whose value stays matters only to who reads it below.
  const both = [...moved.binds.keys()].filter((name) => own.binds.has(name) && units.some((unit) => (unit.cells[0]?.raw.index ?? 0) > cell.raw.index && unit.findings.reads.has(name)));
  return [...new Set([...taken, ...given, ...both])];
}
