// A unit with what its code does to names.

import type { Findings } from '../names/findings.ts';
import type { Memory } from '../names/memory.ts';
import type { Observer, PlacedCell } from '../names/observer.ts';
import type { AssignedCell } from './assigned-cell.ts';
import type { Unit } from './build-units.ts';

export interface ObservedUnit extends Unit {
  /** In the order units run. */
  readonly at: number;
  readonly findings: Findings;
}

export function observeCells(cells: readonly AssignedCell[], memory: Memory, observer: Observer): Findings {
  const placed = cells.flatMap(({ raw, facts }): PlacedCell[] => (facts === null ? [] : [{ index: raw.index, facts }]));
  return observer.observe(placed, memory);
}
