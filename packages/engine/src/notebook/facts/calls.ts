// Calls: who is called, on what, with what.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { Argument } from './event.ts';
import { visitMagicCall } from './magic-call.ts';
import { NOTHING, partOf } from './value.ts';
import { dottedOf, valueOf } from './values.ts';
import type { Walk } from './walk.ts';

export function visitCall(walk: Walk, node: SyntaxNode): void {
  const used = walk.unused !== node;
  const callee = childOf(node, 'function');
  const list = childOf(node, 'arguments');
  if (callee === null || visitMagicCall(walk, node)) return;
  walk.visit(callee);
  walk.visit(list);
  const object = callee.type === 'attribute' ? childOf(callee, 'object') : null;
  walk.emit({
    do: 'call',
    callee: dottedOf(walk, callee),
    method: callee.type === 'attribute' ? childOf(callee, 'attribute')?.text ?? null : null,
    receiver: object === null ? NOTHING : valueOf(walk, object),
    args: list?.type === 'argument_list' ? list.children.map((arg, at) => makeArgument(walk, arg, at)) : [],
    used,
    shown: walk.shown === node,
    local: walk.functions > 0,
    sure: walk.depth === 0,
    start: node.start,
    end: node.end,
  });
}

function makeArgument(walk: Walk, node: SyntaxNode, position: number): Argument {
  if (node.type === 'list_splat' || node.type === 'dictionary_splat') return { key: '*', value: partOf(valueOf(walk, node)), literal: null };
  const value = node.type === 'keyword_argument' ? childOf(node, 'value') : node;
  const key = node.type === 'keyword_argument' ? childOf(node, 'name')?.text ?? '*' : position;
  if (value === null) return { key, value: NOTHING, literal: null };
  const isLiteral = ['true', 'false', 'none', 'integer', 'float'].includes(value.type);
  return { key, value: isLiteral ? NOTHING : valueOf(walk, value), literal: isLiteral ? value.text : null };
}
