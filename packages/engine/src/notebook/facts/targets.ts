// What stands on the left: names are bound, the content of what attributes and subscripts belong to is changed.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { BindHow } from './event.ts';
import { makeValue, NOTHING, partOf, type Value } from './value.ts';
import { dottedOf, valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function bindTarget(walk: Walk, target: SyntaxNode, how: BindHow, value: Value): void {
  switch (target.type) {
    case 'identifier':
      walk.bind(target.text, how, value, target);
      return;
    case 'attribute':
    case 'subscript':
      visitPlace(walk, target);
      changePlace(walk, target);
      return;
    case 'list_splat_pattern':
    case 'list_splat':
    case 'parenthesized_expression':
    case 'as_pattern_target':
      for (const child of target.children) bindTarget(walk, child, how, target.type.startsWith('list_splat') ? NOTHING : value);
      return;
    default:
      bindEach(walk, target, how, value);
      return;
  }
}

/** `a, b = …`: each gets an element; axes and their figure stay tied. */
function bindEach(walk: Walk, target: SyntaxNode, how: BindHow, value: Value): void {
  const drawing = value.call !== null && /(?:^|\.)subplots?$|subplot_mosaic$/.test(value.call);
  const [first] = target.children;
  for (const [at, child] of target.children.entries()) {
    if (!drawing) bindTarget(walk, child, how, partOf(value));
    else bindTarget(walk, child, how, makeValue({ call: value.call, part: at > 0 && first?.type === 'identifier' ? [first.text] : [] }));
  }
}

/** Reads what an attribute or subscript target is made of. */
export function visitPlace(walk: Walk, target: SyntaxNode): void {
  for (const child of target.children) if (child.field !== 'attribute') walk.visit(child);
}

/** The object that an attribute or element is set on, or deleted from. */
export function changePlace(walk: Walk, target: SyntaxNode): void {
  const object = childOf(target, target.type === 'attribute' ? 'object' : 'value');
  if (object === null) return;
  walk.change(valueOf(walk, object), dottedOf(walk, target.type === 'attribute' ? target : object), target);
}

export function deleteTarget(walk: Walk, target: SyntaxNode): void {
  if (target.type === 'identifier') {
    walk.delete(target.text, target);
  } else if (target.type === 'attribute' || target.type === 'subscript') {
    visitPlace(walk, target);
    changePlace(walk, target);
  } else {
    for (const child of target.children) deleteTarget(walk, child);
  }
}
