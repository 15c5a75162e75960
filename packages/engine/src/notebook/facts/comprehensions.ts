// Comprehensions: the first iterable belongs to the scope around, everything else to one of their own.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { walkMaybe } from './branches.ts';
import { elementOf } from './compound-statements.ts';
import { findTargetNames } from './target-names.ts';
import { makeScope } from './scope.ts';
import { NOTHING, partOf } from './value.ts';
import type { Walk } from './walk.ts';

export function visitComprehension(walk: Walk, node: SyntaxNode): void {
  // `[xs.append(x) for x in ys]` on a line of its own: nobody takes what the calls give.
  if (walk.unused === node) walk.unused = childOf(node, 'body');
  const clauses = node.children.filter((child) => child.type === 'for_in_clause' || child.type === 'if_clause');
  const [first] = clauses;
  walk.visit(first === undefined ? null : childOf(first, 'right'));
  const bound = new Set(clauses.flatMap((clause) => findTargetNames(childOf(clause, 'left'))));
  const scope = makeScope('comprehension', walk.scope, { bound });
  const values = first === undefined ? NOTHING : elementOf(walk, childOf(first, 'right') ?? node);
  for (const name of findTargetNames(first === undefined ? null : childOf(first, 'left'))) scope.values.set(name, values.same.length > 0 ? partOf(values) : values);
  walk.within(scope, () => walkMaybe(walk, () => {
    for (const clause of clauses) if (clause !== first) visitClause(walk, clause);
    walk.visit(childOf(node, 'body'));
  }));
}

function visitClause(walk: Walk, clause: SyntaxNode): void {
  if (clause.type === 'if_clause') {
    walk.visitAll(clause.children);
    return;
  }
  const right = childOf(clause, 'right');
  walk.visit(right);
  const value = right === null ? NOTHING : elementOf(walk, right);
  for (const name of findTargetNames(childOf(clause, 'left'))) walk.scope.values.set(name, value);
}
