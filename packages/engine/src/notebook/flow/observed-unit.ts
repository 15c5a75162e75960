// A unit with what its code does to names.

import { emptyFindings, type Findings } from '../names/findings.ts';
import type { Memory } from '../names/memory.ts';
import { simulate } from '../names/simulate.ts';
import { Simulation } from '../names/simulation.ts';
import type { AssignedCell } from './assigned-cell.ts';
import type { Unit } from './build-units.ts';

export interface ObservedUnit extends Unit {
  /** In the order units run. */
  readonly at: number;
  readonly findings: Findings;
}

/** Goes through the cells in order; memory afterwards knows what the next unit may know. */
export function observeUnit(unit: Unit, at: number, memory: Memory): ObservedUnit {
  return { ...unit, at, findings: observeCells(unit.cells, memory) };
}

export function observeCells(cells: readonly AssignedCell[], memory: Memory): Findings {
  const findings = emptyFindings();
  const simulation = new Simulation(memory, findings);
  for (const { raw, facts } of cells) if (facts !== null) simulate(simulation, raw.index, facts.events);
  return findings;
}
