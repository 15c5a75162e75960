// Names without a sure value: bound nowhere, only outside the flow, only below, only under a condition, deleted.

import type { Diagnostic, Fix } from '@headwater/protocol';
import type { UnplacedName } from '../flow/find-unplaced.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { ReadInfo, Spot } from '../names/findings.ts';
import type { Context, OutsideCell } from './context.ts';
import { diagnose, listNames, type Finding } from './diagnostic.ts';
import { rangeOf } from './range.ts';

export function findNameDiagnostics(context: Context): Diagnostic[] {
  const outside = context.unplaced.filter((name) => findOutside(context, name) !== null);
  const nowhere = context.unplaced.filter((name) => !outside.includes(name));
  return [...groupByProvider(context, outside), ...nowhere.map((name) => describeUnplaced(context, name)), ...context.units.flatMap((unit) => findDoubtful(context, unit))];
}

export function at(context: Context, spot: Spot, finding: Finding): Diagnostic {
  return diagnose({ ...finding, cell: spot.cell, range: rangeOf(context.cells[spot.cell], spot) });
}

export function describeUnit(unit: ObservedUnit): string {
  return unit.kind === 'step' ? `Step \`${unit.name}\`` : 'The setup';
}

// ---------------------------------------------------------------- bound outside the flow

/** The nearest cell above that binds it, else any. */
function findOutside({ outside }: Context, { name, read }: UnplacedName): OutsideCell | null {
  const binding = outside.filter((each) => each.findings.binds.get(name)?.kind === 'bind');
  return binding.findLast((each) => each.cell.raw.index < read.spot.cell) ?? binding[0] ?? null;
}

/** One diagnostic for all names of a step that come from one cell. */
function groupByProvider(context: Context, names: readonly UnplacedName[]): Diagnostic[] {
  const groups = new Map<string, UnplacedName[]>();
  for (const name of names) {
    const key = `${name.unit.at} ${findOutside(context, name)?.cell.raw.index ?? 0}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const provider = first === undefined ? null : findOutside(context, first);
    if (first === undefined || provider === null) return [];
    const { cell } = provider;
    const way = cell.role === 'skip' ? 'is tagged `skip`' : 'is not part of the flow';
    return [at(context, first.read.spot, {
      code: 'scratch-provider', severity: 'warning',
      sentence: `${describeUnit(first.unit)} reads ${listNames(group.map((each) => each.name))}, bound only in cell ${cell.raw.index + 1}, which ${way}.`,
      hint: 'Tag that cell `setup`, or give it to a step.', fix: tagAsSetup(provider),
    })];
  });
}

function tagAsSetup({ cell }: OutsideCell): Fix {
  const tags = [...cell.raw.tags.filter((tag) => tag !== 'skip'), 'setup'];
  return { title: `Tag cell ${cell.raw.index + 1} as setup`, edits: [{ kind: 'set-tags', cell: cell.raw.index, tags }] };
}

// ---------------------------------------------------------------- bound nowhere, or below

function describeUnplaced(context: Context, { name, unit, read, below }: UnplacedName): Diagnostic {
  const binder = context.units[below[0] ?? -1];
  const opaque = context.units.findLast((each) => each.at <= unit.at && each.findings.openness === 'opaque');
  if (opaque !== undefined) {
    return at(context, read.spot, { code: 'unresolved-name', severity: 'hint', sentence: `${describeUnit(unit)} reads \`${name}\`; only ${describeUnit(opaque).toLowerCase()} may bind it, where ${opaque.findings.reason ?? 'it looks at all names'}.` });
  }
  const branch = context.units[context.providers.hidden(name, unit.at).at(-1) ?? -1];
  if (branch !== undefined) return describeHidden(context, { name, unit, read, below }, branch);
  const where = binder === undefined ? 'which nothing in the notebook binds' : `which only ${describeUnit(binder).toLowerCase()} binds, below it`;
  return at(context, read.spot, { code: 'unresolved-name', severity: 'warning', sentence: `${describeUnit(unit)} reads \`${name}\`, ${where}.`, hint: binder === undefined ? 'A run would fail here with a NameError.' : 'Steps run in notebook order: move the cell up.' });
}

/** Branches end with their names. */
function describeHidden(context: Context, { name, unit, read }: UnplacedName, branch: ObservedUnit): Diagnostic {
  const opener = context.units[branch.chain.at(-1) ?? -1];
  const isItem = opener?.control.foreach?.item === name;
  return at(context, read.spot, {
    code: 'branch-name', severity: 'warning',
    sentence: `${describeUnit(unit)} reads \`${name}\`, which exists only in the branches of \`${opener?.name ?? ''}\`.`,
    hint: isItem ? 'In the join, `inputs[i].item` has it.' : `Collect it in the join: \`join:ALL=${name}\`, or \`[b.${name} for b in inputs]\`.`,
  });
}

// ---------------------------------------------------------------- bound in doubt

function findDoubtful(context: Context, unit: ObservedUnit): Diagnostic[] {
  return [...unit.findings.reads].flatMap(([name, read]) => {
    if (read.soft || read.late || /^%|^file:/.test(name)) return [];
    const providers = context.providers.above(name, unit.at).map((each) => context.units[each]).filter((each) => each !== undefined);
    return describeDoubt(context, { name, unit, read, providers });
  });
}

interface Doubt {
  readonly name: string;
  readonly unit: ObservedUnit;
  readonly read: ReadInfo;
  readonly providers: readonly ObservedUnit[];
}

function describeDoubt(context: Context, { name, unit, read, providers }: Doubt): Diagnostic[] {
  const [last] = providers;
  const bind = last?.findings.binds.get(name);
  if (last === undefined || bind === undefined) return [];
  if (bind.kind === 'delete' && bind.sure && providers.length === 1) {
    return [at(context, read.spot, { code: 'unresolved-name', severity: 'warning', sentence: `${describeUnit(unit)} reads \`${name}\`, which ${describeUnit(last).toLowerCase()} deletes.` })];
  }
  // Who reads the name before it may bind it had a value for it already.
  if (providers.some((each) => each.findings.reads.has(name))) return [];
  const binds = providers.map((each) => each.findings.binds.get(name));
  if (binds.some((each) => each === undefined || each.sure || each.late || each.kind !== 'bind') || unit.findings.binds.has(name)) return [];
  return [at(context, read.spot, {
    code: 'conditionally-bound', severity: 'hint',
    sentence: `${describeUnit(unit)} reads \`${name}\`, which ${providers.map((each) => describeUnit(each).toLowerCase()).join(' and ')} binds only under a condition or in a loop.`,
  })];
}
