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
  const targets: Target[] = [];
  let from = part.start;
  for (const assign of assigns) {
    const target = readTarget(source, from, assign);
    if (target === null) break;
    targets.push(target);
    from = assign + 1;
  }
  const alone = assigns.length === 0 ? readTarget(source, part.start, part.end) : null;
  if (alone !== null && alone.annotation !== null) targets.push(alone);
  const value = from > part.start ? trim(source, { start: from, end: part.end }) : null;
  const help = targets.length === 0 ? null : findHelp(source, line);
  return targets.map((target) => ({ ...target, value, help }));
}

type Target = Pick<Assignment, 'name' | 'annotation' | 'nameEnd'>;

function readTarget(source: string, from: number, to: number): Target | null {
  const { name, annotation } = TARGET.exec(source.slice(from, to))?.groups ?? {};
  if (name === undefined || KEYWORD.test(name)) return null;
  return { name, annotation: annotation?.trim() ?? null, nameEnd: from + source.slice(from, to).trimEnd().length };
}

function trim(source: string, { start, end }: Span): Span {
  const text = source.slice(start, end);
  return { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
}

function findHelp(source: string, line: LogicalLine): string | null {
  if (line.comment !== null) return clean(source.slice(line.comment, line.end));
  const comments: string[] = [];
  for (let end = line.start - 1; end > 0;) {
    const start = source.lastIndexOf('\n', end - 1) + 1;
    if (source.charAt(start) !== '#') break;
    comments.unshift(clean(source.slice(start, end)) ?? '');
    end = start - 1;
  }
  return clean(comments.join(' '));
}

function clean(comment: string): string | null {
  const text = comment.replace(/^#+\s*/, '').trim();
  return text === '' ? null : text;
}
