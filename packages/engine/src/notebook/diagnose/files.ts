// Files that tags name and that do not add up: two writers of one, a branch that overwrites another's.

import { isGlob, overlaps, type Diagnostic } from '@headwater/protocol';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { Context } from './context.ts';
import { diagnose } from './diagnostic.ts';

export function findFileDiagnostics({ units }: Context): Diagnostic[] {
  return units.flatMap((unit) => unit.asks.writes.flatMap((glob) => [...checkSecondWriter(units, unit, glob), ...checkBranches(unit, glob)]));
}

function checkSecondWriter(units: readonly ObservedUnit[], unit: ObservedUnit, glob: string): Diagnostic[] {
  const first = units.find((each) => each.at < unit.at && each.asks.writes.some((other) => overlaps(other, glob)));
  if (first === undefined) return [];
  return [diagnose({
    code: 'two-writers', severity: 'warning', cell: cellOf(unit, glob), sentence: `Step \`${unit.name}\` writes \`${glob}\`, and so does step \`${first.name}\` above it.`,
    hint: `Steps below see what \`${unit.name}\` leaves. Give each its own file if that is not meant.`,
  })];
}

function checkBranches(unit: ObservedUnit, glob: string): Diagnostic[] {
  if (unit.chain.length === 0 || isGlob(glob)) return [];
  return [diagnose({
    code: 'one-file-for-branches', severity: 'warning', cell: cellOf(unit, glob), sentence: `Every branch of step \`${unit.name}\` writes \`${glob}\`: only one of them stays.`,
    hint: 'Put something of the branch into the name, and a `*` into the tag.',
  })];
}

function cellOf({ cells }: ObservedUnit, glob: string): number | null {
  const cell = cells.find(({ tags }) => tags.some((tag) => tag.key === 'writes' && tag.glob === glob)) ?? cells[0];
  return cell?.raw.index ?? null;
}
