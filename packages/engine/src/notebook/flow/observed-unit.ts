// A unit with what its code does to names.

import type { Asks, Closes, Control } from '@headwater/protocol';
import type { Findings } from '../names/findings.ts';
import type { Memory } from '../names/memory.ts';
import type { Observer, PlacedCell } from '../names/observer.ts';
import type { AssignedCell } from './assigned-cell.ts';
import type { Unit } from './build-units.ts';

export interface ObservedUnit extends Unit {
  /** In the order units run. */
  readonly at: number;
  /** What its tags do to names included. */
  readonly findings: Findings;
  /** What its cells alone read and bind. */
  readonly own: Findings;
  readonly control: Control;
  readonly asks: Asks;
  /** Positions of the foreach steps it is a branch of, outermost first, its own included. */
  readonly chain: readonly number[];
  /** It runs when the run has ended so. */
  readonly closes: Closes | null;
}

export function observeCells(cells: readonly AssignedCell[], memory: Memory, observer: Observer): Findings {
  const placed = cells.flatMap(({ raw, facts }): PlacedCell[] => (facts === null ? [] : [{ index: raw.index, facts }]));
  return observer.observe(placed, memory);
}
