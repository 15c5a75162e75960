// Statements that bind, change, delete and leave.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { bindTarget, deleteTarget, visitPlace, changePlace } from './targets.ts';
import { NOTHING } from './value.ts';
import { valueOf } from './values.ts';
import { visitLambda } from './functions.ts';
import { findBinder } from './scope.ts';
import { visitSoftly } from './soft.ts';
import type { Walk } from './walk.ts';

export function visitExpressionStatement(walk: Walk, node: SyntaxNode): void {
  const [child] = node.children;
  walk.unused = child?.type === 'await' ? child.children[0] ?? null : child ?? null;
  walk.visitAll(node.children);
}

export function visitAssignment(walk: Walk, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  visitAnnotation(walk, childOf(node, 'type'), left);
  if (left === null || right === null) return;
  if (right.type === 'lambda') visitLambda(walk, right);
  else walk.visit(right);
  bindRight(walk, left, right);
}

/** `a, b = c, d` binds pairwise. */
function bindRight(walk: Walk, left: SyntaxNode, right: SyntaxNode): void {
  const isList = (node: SyntaxNode) => ['pattern_list', 'tuple_pattern', 'list_pattern', 'expression_list', 'tuple', 'list'].includes(node.type);
  const starred = left.children.some((child) => child.type === 'list_splat_pattern') || right.children.some((child) => child.type === 'list_splat');
  if (!isList(left) || !isList(right) || starred || left.children.length !== right.children.length) {
    bindTarget(walk, left, 'assign', valueOf(walk, right));
    return;
  }
  const values = right.children.map((child) => valueOf(walk, child));
  for (const [at, child] of left.children.entries()) bindTarget(walk, child, 'assign', values[at] ?? NOTHING);
}

/** A function never evaluates the annotations of its plain local names. */
function visitAnnotation(walk: Walk, type: SyntaxNode | null, target: SyntaxNode | null): void {
  if (type === null || (findBinder(walk.scope).kind === 'function' && target?.type === 'identifier')) return;
  visitSoftly(walk, type);
}

export function visitAugmented(walk: Walk, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (left === null) return;
  if (left.type !== 'identifier') {
    visitPlace(walk, left);
    walk.visit(right);
    changePlace(walk, left);
    return;
  }
  walk.visit(left);
  walk.visit(right);
  // `xs += [1]` also changes what other names see of the list; `n += 1` does not.
  if (right !== null && /^(?:list|set|dictionary|list_comprehension|set_comprehension)$/.test(right.type)) walk.change(valueOf(walk, left), null, left);
  bindTarget(walk, left, 'augment', NOTHING);
}

export function visitDelete(walk: Walk, node: SyntaxNode): void {
  for (const child of node.children) deleteTarget(walk, child);
}

export function visitReturn(walk: Walk, node: SyntaxNode): void {
  walk.visitAll(node.children);
  const [value] = node.children;
  if (value !== undefined) walk.returns.push(valueOf(walk, value));
  walk.ended = true;
}

export function visitRaise(walk: Walk, node: SyntaxNode): void {
  walk.visitAll(node.children);
  walk.ended = true;
}

export function leave(walk: Walk): void {
  walk.ended = true;
}
