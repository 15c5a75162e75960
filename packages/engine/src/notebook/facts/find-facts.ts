// All about one cell that its text alone tells, once and for all: kept as long as the text stays the same.

import { lineStarts, prepareCell } from '../ipython/prepare-cell.ts';
import type { Prepared } from '../ipython/prepared.ts';
import type { Parse } from '../syntax/parser.ts';
import type { SyntaxNode } from '../syntax/syntax-node.ts';
import type { SyntaxProblem } from '../syntax/syntax-errors.ts';
import type { Event } from './event.ts';
import { findSetupNeeds } from './setup-needs.ts';
import { isExpression, visitNode } from './visit.ts';
import { Walk } from './walk.ts';

export interface CellFacts {
  readonly prepared: Prepared;
  readonly problems: readonly SyntaxProblem[];
  readonly events: readonly Event[];
  /** Offsets of the lines of the prepared text. */
  readonly lines: readonly number[];
  /** Names that imports bind. */
  readonly imports: readonly string[];
  /** It is setup by itself where all these are imported; null where it never is. */
  readonly setupNeeds: readonly string[] | null;
  /** Its last statement is an expression: the cell shows a value. */
  readonly shows: boolean;
}

export function findFacts(source: string, parse: Parse): CellFacts {
  const prepared = prepareCell(source);
  try {
    return readFacts(prepared, parse);
  } catch (error) {
    // Brackets in brackets, thousands deep: Python gives up on them, too.
    if (error instanceof RangeError) return unreadable(prepared);
    throw error;
  }
}

function readFacts(prepared: Prepared, parse: Parse): CellFacts {
  const { root, problems } = parse(prepared.python);
  const lines = lineStarts(prepared.python);
  const apart = [...prepared.apart].map((line) => [lines[line] ?? 0, lines[line + 1] ?? Number.MAX_SAFE_INTEGER] as const);
  const walk = new Walk(prepared.python, apart, visitNode);
  walk.visit(root);
  const { events } = walk;
  return {
    prepared,
    problems,
    events,
    lines,
    imports: events.flatMap((event) => (event.do === 'bind' && event.how === 'import' ? [event.name] : [])),
    setupNeeds: problems.length > 0 || apart.length > 0 ? null : findSetupNeeds(root, prepared.python),
    shows: showsValue(root.children.at(-1), prepared.python, apart),
  };
}

function unreadable(prepared: Prepared): CellFacts {
  const end = prepared.python.length;
  const look: Event = { do: 'look', openness: 'opaque', reason: 'it is nested too deep to be read', start: 0, end };
  return { prepared, problems: [], events: [look], lines: lineStarts(prepared.python), imports: [], setupNeeds: null, shows: false };
}

/** An expression at the end, but for magics, what `%timeit` runs, and what a semicolon keeps quiet. */
function showsValue(last: SyntaxNode | undefined, source: string, apart: Walk['apart']): boolean {
  if (last === undefined || !isExpression(last)) return false;
  const text = source.slice(last.start, last.end);
  const isQuiet = /^get_ipython\(\)\.(?!getoutput\()/.test(text) || /^\s*;/.test(source.slice(last.end));
  return !isQuiet && !apart.some(([start, end]) => last.start >= start && last.start < end);
}
