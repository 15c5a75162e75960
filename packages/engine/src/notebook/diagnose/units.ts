// Steps that look at all names, star imports, parameters bound again, functions for an end that never comes.

import type { Diagnostic } from '@headwater/protocol';
import type { Context } from './context.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import { at, describeUnit } from './names.ts';

export function findUnitDiagnostics(context: Context): Diagnostic[] {
  return context.units.flatMap((unit) => [...describeOpenness(context, unit), ...findReassigned(context, unit), ...findExits(context, unit)]);
}

function describeOpenness(context: Context, unit: ObservedUnit): Diagnostic[] {
  const { openness, reason, reasonSpot, stars } = unit.findings;
  if (reason === null || reasonSpot === null) return [];
  if (openness === 'open' && stars.length > 0) {
    return [at(context, reasonSpot, { code: 'star-import', severity: 'warning', sentence: `${describeUnit(unit)}: ${reason}.`, hint: 'Import the names it needs: the flow is then known before it runs.' })];
  }
  if (openness !== 'opaque' || unit.kind !== 'step') return [];
  return [at(context, reasonSpot, { code: 'opaque-step', severity: 'hint', sentence: `${describeUnit(unit)} waits for all steps above it: ${reason}.` })];
}

function findReassigned(context: Context, unit: ObservedUnit): Diagnostic[] {
  const parameterCells = new Set(unit.cells.filter((cell) => cell.role === 'parameters').map((cell) => cell.raw.index));
  return context.parameters.flatMap(({ name }) => {
    const bind = unit.findings.binds.get(name);
    if (bind === undefined || bind.kind !== 'bind' || parameterCells.has(bind.spot.cell)) return [];
    return [at(context, bind.spot, { code: 'parameter-reassigned', severity: 'hint', sentence: `${describeUnit(unit)} gives the parameter \`${name}\` another value: what runs below does not see what was asked for.` })];
  });
}

/** The process of a step ends at once: what it had to tell is told, and finalizers would run for every copy of a value. */
function findExits(context: Context, unit: ObservedUnit): Diagnostic[] {
  const cell = unit.cells.find(({ raw }) => /\batexit\b/.test(raw.source));
  if (cell === undefined || !unit.findings.mentions.has('atexit.register')) return [];
  return [at(context, { cell: cell.raw.index, start: 0, end: 0 }, {
    code: 'exit-function', severity: 'warning', sentence: `${describeUnit(unit)} registers a function with \`atexit\`; the process of a step ends without calling it.`,
    hint: 'Call it in the last step.',
  })];
}
