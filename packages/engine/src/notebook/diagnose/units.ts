// Steps that look at all names, star imports, parameters bound again, settings of libraries that stay behind.

import type { Diagnostic } from '@headwater/protocol';
import type { Context } from './context.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import { at, describeUnit } from './names.ts';

export function findUnitDiagnostics(context: Context): Diagnostic[] {
  return context.units.flatMap((unit) => [...describeOpenness(context, unit), ...findReassigned(context, unit), ...findLibraryState(context, unit)]);
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

function findLibraryState(context: Context, unit: ObservedUnit): Diagnostic[] {
  if (unit.kind !== 'step') return [];
  return unit.findings.settings.flatMap(({ absolute, spot }) => {
    const module = absolute.split('.')[0] ?? absolute;
    const later = context.units.find((each) => each.at > unit.at && [...each.findings.mentions].some((mention) => mention === module || mention.startsWith(`${module}.`)));
    if (later === undefined) return [];
    return [at(context, spot, {
      code: 'library-state', severity: 'warning', sentence: `${describeUnit(unit)} sets \`${absolute}\` inside a library; ${describeUnit(later).toLowerCase()} runs in another process and does not see it.`,
      hint: 'Move it to a setup cell.',
    })];
  });
}
