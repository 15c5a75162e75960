// Annotations: newer Pythons evaluate them only when somebody asks, so what they read is read softly.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { firstIdentifier } from './collect-bindings.ts';
import { makeScope } from './scope.ts';
import { NOTHING } from './value.ts';
import type { Walk } from './walk.ts';

export function visitSoftly(walk: Walk, node: SyntaxNode | null): void {
  const before = walk.soft;
  walk.soft = true;
  walk.visit(node);
  walk.soft = before;
}

/** `type X[T] = …`. */
export function visitTypeAlias(walk: Walk, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const name = firstIdentifier(left);
  const generic = left?.children[0]?.type === 'generic_type' ? left.children[0].children.slice(1) : [];
  walk.within(makeScope('comprehension', walk.scope, { bound: collectTypeNames(generic) }), () => visitSoftly(walk, childOf(node, 'right')));
  if (name !== null) walk.bind(name.text, 'assign', NOTHING, name);
}

/** Names of type parameters: `[T: int, *Ts, **P]`. */
export function collectTypeNames(parameters: readonly SyntaxNode[]): ReadonlySet<string> {
  const names = parameters.flatMap((list) => list.children).map(firstIdentifier).filter((node) => node !== null);
  return new Set(names.map((node) => node.text));
}
