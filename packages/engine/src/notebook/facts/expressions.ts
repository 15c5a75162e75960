// Expressions that read, or of which a part may not be evaluated.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { walkMaybe } from './branches.ts';
import { bindTarget } from './targets.ts';
import { firstIdentifier } from './collect-bindings.ts';
import { NOTHING } from './value.ts';
import { dottedOf, valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function visitIdentifier(walk: Walk, node: SyntaxNode): void {
  walk.read(node.text, node.text, node);
}

/** Attributes that lead to the namespace from behind. */
const REVEALING: Readonly<Record<string, string>> = {
  __subclasses__: 'looks at all subclasses of a class',
  __globals__: 'looks at the globals of a function',
  f_globals: 'looks at a frame',
  f_locals: 'looks at a frame',
  f_back: 'looks at a frame',
  gi_frame: 'looks at a frame',
  tb_frame: 'looks at a frame',
  user_ns: 'looks at the namespace of IPython',
  user_global_ns: 'looks at the namespace of IPython',
};

export function visitAttribute(walk: Walk, node: SyntaxNode): void {
  const reason = REVEALING[childOf(node, 'attribute')?.text ?? ''];
  if (reason !== undefined) walk.emit({ do: 'look', openness: 'opaque', reason, start: node.start, end: node.end });
  const dotted = dottedOf(walk, node);
  const root = dotted === null || dotted.startsWith('=') ? null : firstIdentifier(node);
  if (root !== null && dotted !== null) {
    walk.read(root.text, dotted, node);
    return;
  }
  walk.visit(childOf(node, 'object'));
}

export function visitKeyword(walk: Walk, node: SyntaxNode): void {
  walk.visit(childOf(node, 'value'));
}

/** The first child's first name is all of `a.b` in an annotation. */
export function visitMemberType(walk: Walk, node: SyntaxNode): void {
  walk.visit(node.children[0] ?? null);
}

/** `"google.colab" in sys.modules` asks for one module and looks at nothing else. */
export function visitComparison(walk: Walk, node: SyntaxNode): void {
  for (const [at, child] of node.children.entries()) {
    const before = node.children[at - 1];
    const asks = before !== undefined && /\bin$/.test(walk.source.slice(before.end, child.start).trim());
    if (asks && walk.source.slice(child.start, child.end) === 'sys.modules') walk.read('sys', 'sys', child);
    else walk.visit(child);
  }
}

export function visitNamed(walk: Walk, node: SyntaxNode): void {
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  walk.visit(value);
  if (name !== null) bindTarget(walk, name, 'assign', value === null ? NOTHING : valueOf(walk, value));
}

export function visitBoolean(walk: Walk, node: SyntaxNode): void {
  walk.visit(childOf(node, 'left'));
  walkMaybe(walk, () => walk.visit(childOf(node, 'right')));
}

export function visitConditional(walk: Walk, node: SyntaxNode): void {
  const [yes, condition, no] = node.children;
  walk.visit(condition ?? null);
  walkMaybe(walk, () => walk.visit(yes ?? null));
  walkMaybe(walk, () => walk.visit(no ?? null));
}

export function visitAssert(walk: Walk, node: SyntaxNode): void {
  walk.visit(node.children[0] ?? null);
  walkMaybe(walk, () => walk.visitAll(node.children.slice(1)));
}

export function visitYield(walk: Walk, node: SyntaxNode): void {
  walk.yields = true;
  walk.visitAll(node.children);
}

/** Annotations given as strings are not evaluated. */
export function visitString(walk: Walk, node: SyntaxNode): void {
  if (!walk.soft) walk.visitAll(node.children);
}
