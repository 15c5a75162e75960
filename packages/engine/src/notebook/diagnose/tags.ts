// Tags that refer to other steps, or stand where they mean nothing.

import type { Diagnostic, Fix } from '@headwater/protocol';
import type { AssignedCell } from '../flow/assigned-cell.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { Context } from './context.ts';
import { diagnose } from './diagnostic.ts';

export function findTagDiagnostics(context: Context): Diagnostic[] {
  const names = context.units.filter((each) => each.kind === 'step').map((each) => each.name);
  return [...noSteps(context), ...context.units.flatMap((unit) => unit.cells.flatMap((cell) => checkPrevs(context, { unit, cell, names }))), ...context.cells.flatMap(unusedTags)];
}

/** A step whose tag is wrong is a step all the same. */
function noSteps({ units, cells }: Context): Diagnostic[] {
  if (units.some((unit) => unit.kind === 'step') || cells.some((cell) => cell.raw.tags.some((tag) => /^(?:step|block):/.test(tag)))) return [];
  return [diagnose({ code: 'no-steps', severity: 'error', sentence: 'No cell of the notebook is tagged as a step.', hint: 'Tag cells `step:NAME`, or let `headwater init --from` propose tags.' })];
}

interface TaggedCell {
  readonly unit: ObservedUnit;
  readonly cell: AssignedCell;
  /** Of all steps. */
  readonly names: readonly string[];
}

function checkPrevs({ units }: Context, { unit, cell, names }: TaggedCell): Diagnostic[] {
  return cell.tags.flatMap((tag) => {
    if (tag.key !== 'prev') return [];
    const target = units.find((each) => each.name === tag.name);
    if (target === undefined) return [unknownPrev(cell, { unit, name: tag.name, names })];
    if (target.at < unit.at) return [];
    if (target === unit && cell !== unit.cells[0]) return [unused(cell, `prev:${tag.name}`, 'The step has begun above: its tag `$` means nothing here.')];
    return [diagnose({
      code: 'cycle', severity: 'error', cell: cell.raw.index,
      sentence: target === unit ? `Step \`${unit.name}\` names itself in \`prev:\`.` : `Step \`${unit.name}\` is to run after \`${tag.name}\`, which stands below it.`,
      hint: 'Steps run in notebook order: move the cell, or take the tag off.', fix: withoutTag(cell, `prev:${tag.name}`),
    })];
  });
}

interface Missing {
  readonly unit: ObservedUnit;
  readonly name: string;
  readonly names: readonly string[];
}

function unknownPrev(cell: AssignedCell, { unit, name, names }: Missing): Diagnostic {
  const near = names.find((each) => each !== unit.name && isNear(each, name));
  return diagnose({
    code: 'unknown-prev', severity: 'error', cell: cell.raw.index, sentence: `Step \`${unit.name}\` is to run after \`${name}\`, but there is no such step.`,
    hint: near === undefined ? `Steps are ${names.map((each) => `\`${each}\``).join(', ')}.` : `There is a step \`${near}\`.`,
    fix: near === undefined ? withoutTag(cell, `prev:${name}`) : { title: `Change to \`prev:${near}\``, edits: [{ kind: 'set-tags', cell: cell.raw.index, tags: cell.raw.tags.map((tag) => (tag === `prev:${name}` ? `prev:${near}` : tag)) }] },
  });
}

function withoutTag(cell: AssignedCell, text: string): Fix | null {
  if (!cell.raw.tags.includes(text)) return null;
  return { title: `Remove \`${text}\``, edits: [{ kind: 'set-tags', cell: cell.raw.index, tags: cell.raw.tags.filter((tag) => tag !== text) }] };
}

/** Same letters but for case and separators, or one the beginning of the other. */
function isNear(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => name.toLowerCase().replace(/[-_]/g, '')) as [string, string];
  return x === y || (Math.min(x.length, y.length) >= 3 && (x.startsWith(y) || y.startsWith(x))) || isOneSlipAway(x, y);
}

function isOneSlipAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

const FOR_STEPS = /^(?:prev|on|label|annotation|limit|foreach|join|when|until|max|retry|retry-wait|timeout|catch|env|secret|cpu|memory|gpu|disk):|^join$/;

/** Kale writes configuration on skipped cells, too: only cells of the flow are worth a word. */
function unusedTags(cell: AssignedCell): Diagnostic[] {
  if (cell.role !== 'setup' && cell.role !== 'parameters' && cell.role !== 'scratch') return [];
  return cell.raw.tags.filter((tag) => FOR_STEPS.test(tag)).map((tag) => unused(cell, tag, 'The tag `$` means nothing on a cell that belongs to no step.'));
}

function unused(cell: AssignedCell, tag: string, sentence: string): Diagnostic {
  return diagnose({ code: 'unused-tag', severity: 'hint', cell: cell.raw.index, sentence: sentence.replace('$', tag), fix: withoutTag(cell, tag) });
}
