// Offsets in the prepared text of a cell as the range an editor underlines.

import type { Position, Range } from '@headwater/protocol';
import type { CellFacts } from '../facts/find-facts.ts';
import type { Place } from '../facts/event.ts';
import type { AssignedCell } from '../flow/assigned-cell.ts';

export function rangeOf(cell: AssignedCell | undefined, place: Place): Range | null {
  const facts = cell?.facts ?? null;
  if (cell === undefined || facts === null) return null;
  const original = cell.raw.source.split('\n');
  return { start: positionOf(facts, original, place.start, 'start'), end: positionOf(facts, original, place.end, 'end') };
}

/** A line that was written anew counts as a whole. */
function positionOf(facts: CellFacts, original: readonly string[], offset: number, side: 'start' | 'end'): Position {
  const line = Math.max(0, facts.lines.findLastIndex((start) => start <= offset));
  const text = original[line] ?? '';
  const shift = facts.prepared.shifts.get(line) ?? 0;
  if (shift < 0) return { line, column: side === 'start' ? text.length - text.trimStart().length : text.length };
  return { line, column: Math.min(text.length, offset - (facts.lines[line] ?? 0) + shift) };
}
