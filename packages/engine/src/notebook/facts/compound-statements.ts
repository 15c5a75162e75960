// Statements with blocks: which of them run, and what is surely bound after them.

import { childOf, firstChild, type SyntaxNode } from '../syntax/syntax-node.ts';
import { mergeSure, takeSure, walkArm, walkBranches, walkMaybe } from './branches.ts';
import { firstIdentifier } from './collect-bindings.ts';
import { bindTarget } from './targets.ts';
import { makeValue, NOTHING, partOf, type Value } from './value.ts';
import { valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function visitIf(walk: Walk, node: SyntaxNode): void {
  const condition = childOf(node, 'condition');
  walk.visit(condition);
  const alternatives = node.children.filter((child) => child.field === 'alternative');
  if (condition !== null && isAlwaysTrue(walk, condition)) {
    walk.visit(childOf(node, 'consequence'));
    walkMaybe(walk, () => walk.visitAll(alternatives));
    return;
  }
  walkBranches(walk, [() => walk.visit(childOf(node, 'consequence')), ...alternatives.map((child) => () => visitAlternative(walk, child))], alternatives.some((child) => child.type === 'else_clause'));
}

function visitAlternative(walk: Walk, node: SyntaxNode): void {
  walk.visitAll(node.children);
}

function isAlwaysTrue(walk: Walk, condition: SyntaxNode): boolean {
  return condition.type === 'true' || /^(?:1|__name__\s*==\s*(?:"__main__"|'__main__'))$/.test(walk.source.slice(condition.start, condition.end));
}

export function visitFor(walk: Walk, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  walk.visit(right);
  walkMaybe(walk, () => {
    if (left !== null) bindTarget(walk, left, 'loop', right === null ? NOTHING : elementOf(walk, right));
    walk.visit(childOf(node, 'body'));
    walk.ended = false;
  });
  walkMaybe(walk, () => walk.visit(childOf(node, 'alternative')));
}

/** What a loop over it gets: rows that pandas hands out are copies. */
export function elementOf(walk: Walk, iterable: SyntaxNode): Value {
  const callee = iterable.type === 'call' ? childOf(iterable, 'function') : null;
  const method = callee?.type === 'attribute' ? childOf(callee, 'attribute')?.text : null;
  if (method === 'iterrows' || method === 'itertuples' || callee?.text === 'range') return NOTHING;
  const value = valueOf(walk, iterable);
  return makeValue({ ...partOf(value), call: null });
}

export function visitWhile(walk: Walk, node: SyntaxNode): void {
  walk.visit(childOf(node, 'condition'));
  walkMaybe(walk, () => {
    walk.visit(childOf(node, 'body'));
    walk.ended = false;
  });
  walkMaybe(walk, () => walk.visit(childOf(node, 'alternative')));
}

export function visitWith(walk: Walk, node: SyntaxNode): void {
  const items = node.children.filter((child) => child.type === 'with_clause').flatMap((clause) => clause.children);
  for (const item of items) visitWithItem(walk, item);
  const body = () => walk.visit(childOf(node, 'body'));
  // What `suppress` swallows may cut the body short.
  if (items.some((item) => /^(?:contextlib\s*\.\s*)?suppress\b/.test(walk.source.slice(item.start, item.end)))) walkMaybe(walk, body);
  else body();
}

function visitWithItem(walk: Walk, item: SyntaxNode): void {
  const value = childOf(item, 'value') ?? item.children[0];
  if (value === undefined) return;
  if (value.type !== 'as_pattern') {
    walk.visit(value);
    return;
  }
  const [expression] = value.children;
  const alias = childOf(value, 'alias');
  walk.visit(expression ?? null);
  if (alias !== null) bindTarget(walk, alias, 'assign', expression === undefined ? NOTHING : valueOf(walk, expression));
}

export function visitTry(walk: Walk, node: SyntaxNode): void {
  const handlers = node.children.filter((child) => child.type === 'except_clause');
  const last = node.children.find((child) => child.type === 'finally_clause') ?? null;
  const body = () => {
    walk.visit(childOf(node, 'body'));
    walk.visit(node.children.find((child) => child.type === 'else_clause') ?? null);
  };
  if (handlers.length === 0) body();
  else walkHandled(walk, body, handlers);
  const ended = walk.ended;
  walk.ended = false;
  walk.visit(last);
  walk.ended ||= ended;
}

/** A handler starts with what was bound before the `try`: nobody knows how far the body came. */
function walkHandled(walk: Walk, body: () => void, handlers: readonly SyntaxNode[]): void {
  const before = takeSure(walk);
  const ends = [walkArm(walk, before, body), ...handlers.map((handler) => walkArm(walk, before, () => visitHandler(walk, handler)))].filter((end) => end !== null);
  mergeSure(walk, before, ends);
  walk.ended = ends.length === 0;
}

function visitHandler(walk: Walk, node: SyntaxNode): void {
  const { exception, name } = readHandler(node);
  walk.visit(exception);
  if (name !== null) walk.bind(name.text, 'assign', NOTHING, name);
  walk.visitAll(node.children.filter((child) => child.field !== 'value'));
  // Python deletes the name when the handler ends.
  if (name !== null) walk.delete(name.text, name);
}

/** `except E as e`. */
function readHandler(node: SyntaxNode): { readonly exception: SyntaxNode | null; readonly name: SyntaxNode | null } {
  const value = childOf(node, 'value');
  if (value?.type !== 'as_pattern') return { exception: value, name: null };
  return { exception: firstChild(value), name: firstIdentifier(childOf(value, 'alias')) };
}

