// Tags for a notebook that has none: a start for its owner, made from headings and from what cells do.

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
    const facts = factsOf(cell.source);
    const tag = proposeTag(facts, parse(facts.prepared.python).root, { section, imported, ...open });
    for (const name of facts.imports) imported.add(name);
    if (tag === null) continue;
    if (tag.startsWith('step:')) open.step = section;
    if (tag === 'parameters') open.parameters = true;
    proposals.push({ cell: cell.index, tags: [...cell.tags, tag] });
  }
  return proposals;
}

interface Situation {
  readonly section: string;
  readonly imported: ReadonlySet<string>;
  /** The section whose step has begun. */
  readonly step: string | null;
  readonly parameters: boolean;
}

function proposeTag(facts: CellFacts, root: SyntaxNode, { section, imported, step, parameters }: Situation): string | null {
  if (root.children.length === 0 || facts.problems.length > 0 || isOnlyInstalls(facts, root)) return null;
  if (!parameters && step === null && isParameterCell(root)) return 'parameters';
  // Inside a step everything belongs to it: its cells run together, and nothing may stand between.
  if (step === null && isSetupCell(facts, imported)) return null;
  if (step === null && isMostlyImports(root)) return 'setup';
  return isGlance(facts, root) ? null : `step:${section}`;
}

function isOnlyInstalls({ prepared }: CellFacts, root: SyntaxNode): boolean {
  return prepared.pips.length > 0 && root.children.every((statement) => statement.type === 'pass_statement');
}
