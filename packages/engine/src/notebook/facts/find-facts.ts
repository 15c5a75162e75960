// All about one cell that its text alone tells, once and for all: kept as long as the text stays the same.

import { lineStarts, prepareCell } from '../ipython/prepare-cell.ts';
import type { Prepared } from '../ipython/prepared.ts';
import type { Parse, Parsed } from '../syntax/parser.ts';
import type { Event } from './event.ts';
import { isExpression, visitNode } from './visit.ts';
import { Walk } from './walk.ts';

export interface CellFacts {
  readonly prepared: Prepared;
  readonly parsed: Parsed;
  readonly events: readonly Event[];
  /** Offsets of the lines of the prepared text. */
  readonly lines: readonly number[];
  /** Its last statement is an expression: the cell shows a value. */
  readonly shows: boolean;
}

export function findFacts(source: string, parse: Parse): CellFacts {
  const prepared = prepareCell(source);
  const parsed = parse(prepared.python);
  const lines = lineStarts(prepared.python);
  const apart = [...prepared.apart].map((line) => [lines[line] ?? 0, lines[line + 1] ?? Number.MAX_SAFE_INTEGER] as const);
  const walk = new Walk(prepared.python, apart, visitNode);
  walk.visit(parsed.root);
  return { prepared, parsed, events: walk.events, lines, shows: isExpression(parsed.root.children.at(-1)) };
}
