// Which cell is what: tags first, then Kale's rule for its own notebooks, then what an untagged cell holds.

import type { Diagnostic, Tag } from '@headwater/protocol';
import { diagnose } from '../diagnose/diagnostic.ts';
import type { CellFacts } from '../facts/find-facts.ts';
import type { Notebook, RawCell } from '../read/notebook.ts';
import type { AssignedCell } from './assigned-cell.ts';
import { readTags, type CellTags } from './read-tags.ts';

export interface Assignment {
  readonly cells: readonly AssignedCell[];
  readonly problems: readonly Diagnostic[];
}

type Part = Pick<AssignedCell, 'role' | 'step' | 'metrics'>;

const OUTSIDE: Part = { role: 'scratch', step: null, metrics: false };

export function assignRoles(notebook: Notebook, factsOf: (source: string) => CellFacts): Assignment {
  const assigner = new Assigner(notebook.isKale);
  const cells = notebook.cells.map((raw): AssignedCell => (
    raw.type === 'text' ? { raw, facts: null, role: 'text', step: null, metrics: false, tags: [] } : assigner.assign(raw, factsOf(raw.source))
  ));
  return { cells, problems: assigner.problems };
}

class Assigner {
  readonly problems: Diagnostic[] = [];
  readonly #isKale: boolean;
  readonly #imported = new Set<string>();
  /** What the last cell of the flow was, and the last one of a step. */
  #above: Part | null = null;
  #step: Part | null = null;

  constructor(isKale: boolean) {
    this.#isKale = isKale;
  }

  assign(raw: RawCell, facts: CellFacts): AssignedCell {
    const tags = readTags(raw.tags, raw.index);
    this.problems.push(...tags.problems);
    const part = this.#choose(raw, facts, tags);
    if (part.role === 'step') this.#step = part;
    if (part.role !== 'skip' && part.role !== 'scratch') {
      this.#above = part;
      for (const name of facts.imports) this.#imported.add(name);
    }
    return { raw, facts, ...part, tags: ownTags(tags, part) };
  }

  #choose(raw: RawCell, facts: CellFacts, { tags, joinsAbove }: CellTags): Part {
    if (joinsAbove) return this.#step ?? joinNothing(raw, this.problems);
    const kale = this.#isKale && raw.source.trim() !== '' ? this.#above : null;
    return partByTags(tags) ?? kale ?? { ...OUTSIDE, role: isSetupCell(facts, this.#imported) ? 'setup' : 'scratch' };
  }
}

function joinNothing(raw: RawCell, problems: Diagnostic[]): Part {
  problems.push(diagnose({ code: 'bad-tag-value', severity: 'error', cell: raw.index, sentence: 'The tag `step:` without a name joins the step above, and there is none.', hint: 'Give the step a name.' }));
  return OUTSIDE;
}

/** `skip` wins over everything, a step over setup. */
function partByTags(tags: readonly Tag[]): Part | null {
  if (tags.some((tag) => tag.key === 'skip')) return { role: 'skip', step: null, metrics: false };
  const step = tags.find((tag) => tag.key === 'step');
  if (step !== undefined) return { role: 'step', step: step.name, metrics: false };
  const closing = tags.find((tag) => tag.key === 'on-success' || tag.key === 'on-failure');
  if (closing !== undefined) return { role: 'step', step: closing.key, metrics: false };
  if (tags.some((tag) => tag.key === 'metrics')) return { role: 'step', step: null, metrics: true };
  const role = (['parameters', 'setup'] as const).find((key) => tags.some((tag) => tag.key === key));
  return role === undefined ? null : { role, step: null, metrics: false };
}

/** What it calls or sets is imported above or in the cell itself. */
export function isSetupCell({ setupNeeds, imports }: CellFacts, imported: ReadonlySet<string>): boolean {
  return setupNeeds !== null && setupNeeds.every((name) => imported.has(name) || imports.includes(name));
}

/** Tags of steps say nothing about a cell that is none. */
function ownTags(tags: CellTags, part: Part): readonly Tag[] {
  return part.role === 'step' ? tags.tags : tags.tags.filter((tag) => ['parameters', 'setup', 'skip'].includes(tag.key));
}
