// Tags for a notebook that has none: a start for its owner, made from headings and from what cells do.

import { readTag } from '@headwater/protocol';
import type { CellFacts } from '../facts/find-facts.ts';
import { isSetupCell } from '../flow/assign-roles.ts';
import type { Parse } from '../syntax/parser.ts';
import type { SyntaxNode } from '../syntax/syntax-node.ts';
import type { RawCell } from '../read/notebook.ts';
import { findSections } from './find-sections.ts';
import { isGlance, isMostlyImports, isParameterCell } from './kinds-of-cells.ts';

export interface ProposedTags {
  readonly cell: number;
  readonly tags: readonly string[];
}

/** Only cells that get tags are named; what is setup by itself, and mere looks at a value, need none. */
export function proposeTags(cells: readonly RawCell[], factsOf: (source: string) => CellFacts, parse: Parse): ProposedTags[] {
  if (cells.some((cell) => cell.tags.some((tag) => /^(?:step|block):/.test(tag)))) return [];
  const proposals: ProposedTags[] = [];
  const imported = new Set<string>();
  const open = { step: null as string | null, parameters: false };
  for (const { cell, section } of findSections(cells, factsOf)) {
    if (section !== open.step) open.step = null;
    if (hasRole(cell.tags)) continue;
    const facts = factsOf(cell.source);
    const root = readTree(facts, parse);
    const tag = root === null ? null : proposeTag(facts, root, { section, imported, ...open });
    for (const name of facts.imports) imported.add(name);
    if (tag === null) continue;
    if (tag.startsWith('step:')) open.step = section;
    if (tag === 'parameters') open.parameters = true;
    proposals.push({ cell: cell.index, tags: [...cell.tags, tag] });
  }
  return proposals;
}

/** Somebody has said already what the cell is. */
function hasRole(tags: readonly string[]): boolean {
  return tags.map(readTag).some((result) => result.kind === 'tag' && ['parameters', 'setup', 'skip', 'metrics'].includes(result.tag.key));
}

/** Null where it is nested too deep. */
function readTree({ prepared }: CellFacts, parse: Parse): SyntaxNode | null {
  try {
    return parse(prepared.python).root;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Situation {
  readonly section: string;
  readonly imported: ReadonlySet<string>;
  /** The section whose step has begun. */
  readonly step: string | null;
  readonly parameters: boolean;
}

function proposeTag(facts: CellFacts, root: SyntaxNode, situation: Situation): string | null {
  if (root.children.length === 0 || facts.problems.length > 0) return null;
  // Inside a step everything belongs to it: its cells run together, and nothing may stand between.
  const tag = situation.step === null ? proposeBefore(facts, root, situation) : 'step';
  if (tag !== 'step') return tag;
  return isGlance(facts, root) ? null : `step:${situation.section}`;
}

/** Before the step of its section begins. */
function proposeBefore(facts: CellFacts, root: SyntaxNode, { imported, parameters }: Situation): string | null {
  if (!parameters && isParameterCell(root)) return 'parameters';
  if (isOnlyInstalls(facts, root) || isSetupCell(facts, imported)) return null;
  return isMostlyImports(root) ? 'setup' : 'step';
}

function isOnlyInstalls({ prepared }: CellFacts, root: SyntaxNode): boolean {
  return prepared.pips.length > 0 && root.children.every((statement) => statement.type === 'pass_statement');
}
