// `match`: subject, patterns with what they look up and capture, guards.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { walkBranches } from './branches.ts';
import { findCaptures } from './collect-bindings.ts';
import { partOf, NOTHING, type Value } from './value.ts';
import { valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function visitMatch(walk: Walk, node: SyntaxNode): void {
  const subject = childOf(node, 'subject');
  walk.visit(subject);
  const value = subject === null ? NOTHING : partOf(valueOf(walk, subject));
  const clauses = (childOf(node, 'body')?.children ?? []).filter((child) => child.type === 'case_clause');
  walkBranches(walk, clauses.map((clause) => () => visitClause(walk, clause, value)), clauses.some(matchesAll));
}

function visitClause(walk: Walk, clause: SyntaxNode, value: Value): void {
  for (const pattern of clause.children.filter((child) => child.type === 'case_pattern')) {
    readPattern(walk, pattern);
    for (const capture of findCaptures(pattern)) walk.bind(capture.text, 'capture', value, capture);
  }
  walk.visit(childOf(clause, 'guard'));
  walk.visit(childOf(clause, 'consequence'));
}

/** Classes and dotted constants are looked up. */
function readPattern(walk: Walk, node: SyntaxNode): void {
  const [first, ...rest] = node.children;
  const isClass = node.type === 'class_pattern';
  if (isClass) readDotted(walk, first);
  // A single name captures.
  else if (node.type === 'dotted_name' && rest.length > 0) readDotted(walk, node);
  if (node.type !== 'dotted_name') for (const child of isClass ? rest : node.children) readPattern(walk, child);
}

function readDotted(walk: Walk, node: SyntaxNode | undefined): void {
  const [first] = node?.children ?? [];
  if (node !== undefined && first !== undefined) walk.read(first.text, node.children.map((child) => child.text).join('.'), node);
}

/** `case _:` or `case name:` without a guard. */
function matchesAll(clause: SyntaxNode): boolean {
  if (childOf(clause, 'guard') !== null) return false;
  const patterns = clause.children.filter((child) => child.type === 'case_pattern');
  const [only] = patterns;
  if (only === undefined || patterns.length > 1) return false;
  return only.children.length === 0 ? only.text === '_' : only.children.length === 1 && only.children[0]?.type === 'dotted_name' && only.children[0].children.length === 1;
}
