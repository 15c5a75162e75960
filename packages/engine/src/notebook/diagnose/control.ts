// Branches, conditions and loops that do not add up.

import type { Diagnostic } from '@headwater/protocol';
import { findOpeners } from '../flow/control.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { Context } from './context.ts';
import { diagnose, type Finding } from './diagnostic.ts';

export function findControlDiagnostics(context: Context): Diagnostic[] {
  const { units } = context;
  const openers = findOpeners(units.map(({ control }) => control));
  const closed = new Set(openers.values());
  return units.flatMap((unit) => [
    ...checkForeach(context, unit, closed),
    ...checkJoin(context, unit, openers),
    ...checkIdle(context, unit, openers),
    ...checkConditions(context, unit),
    ...checkUntil(unit),
    ...checkClosing(unit),
  ]);
}

function atTag({ cells }: ObservedUnit, key: string, finding: Finding): Diagnostic {
  const cell = cells.find(({ tags }) => tags.some((tag) => tag.key === key)) ?? cells[0];
  return diagnose({ ...finding, cell: cell?.raw.index ?? null });
}

const countOf = ({ cells }: ObservedUnit, key: string) => cells.flatMap(({ tags }) => tags).filter((tag) => tag.key === key).length;

function checkForeach(context: Context, unit: ObservedUnit, closed: ReadonlySet<number>): Diagnostic[] {
  const { foreach, join } = unit.control;
  if (foreach === null) return [];
  if (join !== null) {
    return [atTag(unit, 'foreach', { code: 'join-and-foreach', severity: 'error', sentence: `Step \`${unit.name}\` closes a foreach and opens another.`, hint: 'Make them two steps: the first joins, the second opens.' })];
  }
  if (countOf(unit, 'foreach') > 1) {
    return [atTag(unit, 'foreach', { code: 'two-foreach', severity: 'error', sentence: `Step \`${unit.name}\` is tagged \`foreach\` more than once.`, hint: 'For every pair, open the second foreach in a step inside the first, or go over a list of pairs.' })];
  }
  const unbound = context.providers.above(foreach.list, unit.at).length === 0 && context.providers.unseen(foreach.list, unit.at).length === 0;
  return [
    ...(unbound ? [atTag(unit, 'foreach', { code: 'unresolved-name', severity: 'warning', sentence: `Step \`${unit.name}\` goes over \`${foreach.list}\`, which no step above binds.`, hint: 'A run would fail here.' })] : []),
    ...(closed.has(unit.at) ? [] : [atTag(unit, 'foreach', { code: 'unclosed-foreach', severity: 'hint', sentence: `Nothing closes the foreach of step \`${unit.name}\`: its branches run, and nothing collects them.`, hint: 'Tag the step that collects them `join:ALL=ONE`.' })]),
  ];
}

function checkJoin(context: Context, unit: ObservedUnit, openers: ReadonlyMap<number, number>): Diagnostic[] {
  const { join, foreach } = unit.control;
  if (join === null || foreach !== null) return [];
  const opener = openers.get(unit.at);
  if (opener === undefined) {
    return [atTag(unit, 'join', { code: 'stray-join', severity: 'error', sentence: `Step \`${unit.name}\` is tagged \`join\`, but no foreach is open there.`, hint: 'Tag a step above it `foreach:ITEM=LIST`, or take the tag off.' })];
  }
  return join.all.flatMap(([all, one]) => {
    const item = context.units[opener]?.control.foreach?.item;
    if (one === item || context.providers.inBranch(one, { reader: unit.at, opener }).length > 0 || context.providers.unseen(one, unit.at - 1).length > 0) return [];
    return [atTag(unit, 'join', { code: 'join-unbound', severity: 'warning', sentence: `Step \`${unit.name}\` collects \`${one}\` as \`${all}\`, but no step of the branches binds \`${one}\`.`, hint: 'A run would fail here.' })];
  });
}

/** A step between foreach and join that has nothing to do with the branch does the same in each. */
function checkIdle(context: Context, unit: ObservedUnit, openers: ReadonlyMap<number, number>): Diagnostic[] {
  const opener = unit.chain.at(-1);
  if (opener === undefined || unit.kind !== 'step' || unit.own.openness !== 'closed' || ![...openers.values()].includes(opener)) return [];
  if (readsBranch(context, unit, opener)) return [];
  return [diagnose({ code: 'idle-branch', severity: 'hint', cell: unit.cells[0]?.raw.index ?? null, sentence: `Step \`${unit.name}\` reads nothing of the branches it stands in: it does the same in each.`, hint: 'Move it above the foreach, or below the join.' })];
}

function readsBranch({ units, edges }: Context, unit: ObservedUnit, opener: number): boolean {
  if (asksWhere(unit)) return true;
  const inside = new Set(units.filter(({ at }) => at >= opener).map(({ name }) => name));
  return unit.own.reads.has(units[opener]?.control.foreach?.item ?? '') || edges.some(({ from, to }) => to === unit.name && inside.has(from));
}

/** What `headwater.current` says and takes is the task's own, but for what the whole run has. */
function asksWhere({ own: { mentions } }: ObservedUnit): boolean {
  return [...mentions].some((name) => /^headwater\.current(?!\.(?:flow|run|step|parameters)\b)\b/.test(name));
}

function checkConditions(context: Context, unit: ObservedUnit): Diagnostic[] {
  return unit.control.when.flatMap(({ name }) => {
    if (context.providers.above(name, unit.at).length > 0 || context.providers.unseen(name, unit.at).length > 0 || unit.control.foreach?.item === name) return [];
    return [atTag(unit, 'when', { code: 'unresolved-name', severity: 'warning', sentence: `Whether step \`${unit.name}\` runs depends on \`${name}\`, which no step above binds.`, hint: 'A run would fail here.' })];
  });
}

function checkUntil(unit: ObservedUnit): Diagnostic[] {
  const { until, join } = unit.control;
  if (until === null) {
    return countOf(unit, 'max') === 0 ? [] : [atTag(unit, 'max', { code: 'unused-tag', severity: 'hint', sentence: `The tag \`max\` of step \`${unit.name}\` means nothing without \`until\`.` })];
  }
  if (join !== null) {
    return [atTag(unit, 'until', { code: 'join-and-until', severity: 'error', sentence: `Step \`${unit.name}\` joins branches and repeats.`, hint: 'Make them two steps: the first joins, the second repeats.' })];
  }
  if (unit.own.binds.has(until.name) || unit.own.openness === 'opaque') return [];
  return [atTag(unit, 'until', { code: 'until-unbound', severity: 'warning', sentence: `Step \`${unit.name}\` repeats until \`${until.name}\`, but nothing in it binds \`${until.name}\`.`, hint: 'A run would fail after the first time.' })];
}

const COURSES = ['foreach', 'join', 'until', 'cache'];

/** What runs when the run has ended runs once, outside of any branch, and is about this run. */
function checkClosing(unit: ObservedUnit): Diagnostic[] {
  if (unit.closes === null) return [];
  const other = unit.cells.find(({ tags }) => !tags.some(({ key }) => key === 'on-success' || key === 'on-failure'));
  const course = COURSES.find((key) => countOf(unit, key) > 0);
  return [
    ...(other === undefined ? [] : [diagnose({ code: 'closing-step', severity: 'error', cell: other.raw.index, sentence: `Step \`${unit.name}\` runs when the run has ended, but this cell of it is not tagged so.`, hint: 'Give the cell the same tag, or make it a step of its own.' })]),
    ...(course === undefined ? [] : [atTag(unit, course, { code: 'closing-step', severity: 'error', sentence: `Step \`${unit.name}\` runs when the run has ended: it cannot be tagged \`${course}\`.`, hint: 'Do that in a step above.' })]),
  ];
}
