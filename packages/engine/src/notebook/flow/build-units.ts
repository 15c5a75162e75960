// Cells of a flow as units that run: steps at the place of their first cell, setup in blocks.

import { setupName, type Step } from '@headwater/protocol';
import type { AssignedCell } from './assigned-cell.ts';

export interface Unit {
  readonly name: string;
  readonly kind: Step['kind'];
  readonly cells: AssignedCell[];
}

/** The block or metrics step that the next cell of its sort joins. */
interface Open {
  readonly sort: 'setup' | 'metrics';
  readonly unit: Unit;
}

export function buildUnits(cells: readonly AssignedCell[]): Unit[] {
  const units: Unit[] = [];
  const steps = new Map<string, Unit>();
  const taken = new Set(cells.flatMap((cell) => (cell.step === null ? [] : [cell.step])));
  const open: { now: Open | null } = { now: null };
  let blocks = 0;
  for (const cell of cells) {
    const sort = sortOf(cell);
    if (sort === null) continue;
    if (sort === 'step') {
      open.now = null;
      addToStep(units, steps, cell);
    } else if (open.now?.sort === sort) {
      open.now.unit.cells.push(cell);
    } else {
      if (sort === 'setup') blocks += 1;
      const unit: Unit = { name: sort === 'setup' ? setupName(blocks) : freeName('metrics', taken), kind: sort === 'setup' ? 'setup' : 'step', cells: [cell] };
      units.push(unit);
      open.now = { sort, unit };
    }
  }
  return units;
}

function sortOf(cell: AssignedCell): 'step' | 'setup' | 'metrics' | null {
  if (cell.metrics) return 'metrics';
  if (cell.role === 'step') return 'step';
  return cell.role === 'setup' || cell.role === 'parameters' ? 'setup' : null;
}

function addToStep(units: Unit[], steps: Map<string, Unit>, cell: AssignedCell): void {
  const name = cell.step ?? '';
  const unit = steps.get(name) ?? { name, kind: 'step', cells: [] };
  if (!steps.has(name)) units.push(unit);
  steps.set(name, unit);
  unit.cells.push(cell);
}

function freeName(name: string, taken: Set<string>): string {
  let number = 1;
  while (taken.has(number === 1 ? name : `${name}${number}`)) number += 1;
  const free = number === 1 ? name : `${name}${number}`;
  taken.add(free);
  return free;
}
