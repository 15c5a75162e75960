// Plain assignments at the top level of a cell, found in its text so that they can be replaced there.

import { splitLogicalLines, type LogicalLine } from '../ipython/logical-lines.ts';

export interface Assignment {
  readonly name: string;
  readonly annotation: string | null;
  /** Offsets of the right-hand side; null where only an annotation stands. */
  readonly value: { readonly start: number; readonly end: number } | null;
  /** Where a right-hand side would begin. */
  readonly nameEnd: number;
  /** The comment beside it, else the one above. */
  readonly help: string | null;
}

export function findAssignments(source: string): Assignment[] {
  return splitLogicalLines(source)
    .filter((line) => !line.escaped && (line.start === 0 || source.charAt(line.start - 1) === '\n'))
    .flatMap((line) => splitStatements(line).flatMap((part) => readStatement(source, line, part)));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function splitStatements(line: LogicalLine): Span[] {
  const ends = [...line.semicolons, line.comment ?? line.end];
  return ends.map((end, at) => ({ start: at === 0 ? line.start : (ends[at - 1] ?? 0) + 1, end }));
}

const TARGET = /^\s*(?<name>[\p{L}_][\p{L}\p{N}\p{M}_]*)\s*(?::(?<annotation>[^=]*))?$/u;
const KEYWORD = /^(?:if|for|while|with|try|else|finally|def|class|return|import|from|print|pass|lambda|del|global|assert|raise|async|await|match|type)$/;

/** `a = b = 1` assigns both. */
function readStatement(source: string, line: LogicalLine, part: Span): Assignment[] {
  const assigns = line.assigns.filter((at) => at >= part.start && at < part.end);
  const help = findHelp(source, line);
  const found: Pick<Assignment, 'name' | 'annotation' | 'nameEnd'>[] = [];
  let from = part.start;
  for (const assign of [...assigns, part.end]) {
    const { name, annotation } = TARGET.exec(source.slice(from, assign))?.groups ?? {};
    const isTarget = name !== undefined && !KEYWORD.test(name) && (assign < part.end || (found.length === 0 && annotation !== undefined));
    if (!isTarget) break;
    found.push({ name, annotation: annotation?.trim() ?? null, nameEnd: source.slice(0, assign).trimEnd().length });
    from = assign + 1;
  }
  const value = from > part.start && from <= part.end ? trim(source, { start: from, end: part.end }) : null;
  return found.map((each) => ({ ...each, value, help }));
}

function trim(source: string, { start, end }: Span): Span {
  const text = source.slice(start, end);
  return { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
}

function findHelp(source: string, line: LogicalLine): string | null {
  if (line.comment !== null) return clean(source.slice(line.comment, line.end));
  const above = source.slice(0, line.start).split('\n').slice(0, -1);
  const comments: string[] = [];
  for (let at = above.length - 1; at >= 0 && above[at]?.startsWith('#') === true; at -= 1) comments.unshift(clean(above[at] ?? '') ?? '');
  return comments.length === 0 ? null : clean(comments.join(' '));
}

function clean(comment: string): string | null {
  const text = comment.replace(/^#+\s*/, '').trim();
  return text === '' ? null : text;
}
