// Puts a flow together: units, what they do to names, edges, parameters, diagnostics.

import { NO_CONTROL, type Cell, type Flow, type Step, type Tag } from '@headwater/protocol';
import type { OutsideCell } from '../diagnose/context.ts';
import { findDiagnostics, sortDiagnostics } from '../diagnose/find-diagnostics.ts';
import { FILE } from '../names/on-file.ts';
import { Memory } from '../names/memory.ts';
import { Observer } from '../names/observer.ts';
import { findParameters } from '../parameters.ts';
import type { Notebook } from '../read/notebook.ts';
import { readScript } from '../read/script-metadata.ts';
import type { AssignedCell } from './assigned-cell.ts';
import type { Assignment } from './assign-roles.ts';
import { buildUnits, type Unit } from './build-units.ts';
import { blankInstalls } from './cell-source.ts';
import { findChains, isForEveryStep, readCloses, readControl } from './control.ts';
import { readAsks, readNotebookAsks } from './asks.ts';
import { withControl, withDeclared } from './control-names.ts';
import { findClosingEdges, findEdges, findJoinEdges } from './find-edges.ts';
import { Providers } from './find-providers.ts';
import { findUnplaced } from './find-unplaced.ts';
import { nameFlow } from './flow-name.ts';
import { observeCells, type ObservedUnit } from './observed-unit.ts';
import { readTags } from './read-tags.ts';
import { namesOf } from './step-names.ts';

export interface FlowSource {
  readonly path: string;
  readonly notebook: Notebook;
  readonly assignment: Assignment;
  readonly observer: Observer;
}

export function buildFlow({ path, notebook, assignment, observer }: FlowSource): Flow {
  const memory = new Memory();
  const defaults = readTags(notebook.settings.defaults, null);
  const plain = closingLast(buildUnits(assignment.cells));
  const controls = plain.map((unit) => readControl(unit, defaults.tags));
  const chains = findChains(controls);
  const parameters = findParameters(assignment.cells.filter(({ role }) => role === 'parameters').map(({ raw }) => raw));
  const units = plain.map((unit, at): ObservedUnit => {
    const declared = parameters.filter((parameter) => parameter.default === null && unit.cells.some(({ raw }) => raw.index === parameter.cell));
    const own = withDeclared(observeCells(unit.cells, memory, observer), declared);
    const control = controls[at] ?? NO_CONTROL;
    return { ...unit, at, own, control, asks: readAsks(unit, defaults.tags.filter(isForEveryStep)), chain: readCloses(unit) === null ? chains[at] ?? [] : [], closes: readCloses(unit), findings: withControl(own, control, unit.cells[0]?.raw.index ?? 0) };
  });
  const providers = new Providers(units);
  const unplaced = units.map((unit) => findUnplaced(unit, providers));
  const cells = placeCells(assignment.cells, units);
  const flowing = findEdges(units, providers);
  const joined = [...flowing, ...findJoinEdges(units, providers, flowing)];
  const edges = [...joined, ...findClosingEdges(units, joined)];
  const { script, problems } = readScript(notebook.cells);
  const context = { cells: assignment.cells, units, providers, unplaced: unplaced.flat(), outside: observeOutside(assignment.cells, memory, observer), edges, parameters };
  return {
    name: nameFlow(path, notebook.settings),
    notebook: path,
    cells,
    steps: units.map((unit) => makeStep(unit, { unplaced: unplaced[unit.at]?.[0]?.name ?? null, defaults: defaults.tags.filter(isForEveryStep), units })),
    edges,
    parameters,
    files: [...new Set(units.flatMap((unit) => [...unit.findings.reads.keys()]).filter((name) => name.startsWith(FILE)).map((name) => name.slice(FILE.length)))].sort(),
    environment: { ...readNotebookAsks(defaults.tags), script },
    diagnostics: sortDiagnostics([...assignment.problems, ...defaults.problems, ...problems, ...findDiagnostics(context, (cell) => observeCells([cell], new Memory(memory), new Observer()))]),
  };
}

/** Wherever they stand in the notebook. */
function closingLast(units: readonly Unit[]): Unit[] {
  return [...units.filter((unit) => readCloses(unit) === null), ...units.filter((unit) => readCloses(unit) !== null)];
}

/** What cells outside the flow would do: each by itself, on top of what the flow has made known. */
function observeOutside(cells: readonly AssignedCell[], memory: Memory, observer: Observer): OutsideCell[] {
  return cells.filter((cell) => cell.role === 'scratch' || cell.role === 'skip').map((cell) => ({ cell, findings: observeCells([cell], new Memory(memory), observer) }));
}

interface Around {
  readonly unplaced: string | null;
  readonly defaults: readonly Tag[];
  readonly units: readonly ObservedUnit[];
}

function makeStep(unit: ObservedUnit, { unplaced, defaults, units }: Around): Step {
  const own = unit.cells.flatMap((cell) => cell.tags);
  return {
    name: unit.name,
    kind: unit.kind,
    cells: unit.cells.map((cell) => cell.raw.index),
    names: namesOf(unit, unplaced),
    tags: unit.kind === 'step' ? [...own, ...defaults] : own,
    control: unit.control,
    asks: unit.asks,
    inside: unit.chain.map((at) => units[at]?.name ?? ''),
    closes: unit.closes,
  };
}

/** Cells count in the order they run; an empty one is passed over, as every front end does. */
function placeCells(assigned: readonly AssignedCell[], units: readonly ObservedUnit[]): Cell[] {
  const placed = new Map<number, { step: string; number: number | null }>();
  let count = 0;
  for (const unit of units) {
    for (const { raw } of unit.cells) {
      const isEmpty = raw.source.trim() === '';
      if (!isEmpty) count += 1;
      placed.set(raw.index, { step: unit.name, number: isEmpty ? null : count });
    }
  }
  return assigned.map(({ raw, role, facts }) => ({
    index: raw.index,
    id: raw.id,
    role,
    step: placed.get(raw.index)?.step ?? null,
    number: placed.get(raw.index)?.number ?? null,
    source: placed.has(raw.index) && facts !== null ? blankInstalls(raw.source, facts.prepared.pips) : raw.source,
    tags: raw.tags,
  }));
}
