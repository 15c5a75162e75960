// Strings and paths that text alone tells: literals, their sums, `Path(a) / b`, `os.path.join(a, b)`, f-strings of names.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { TextPart } from './value.ts';
import type { Walk } from './walk.ts';

type Text = readonly TextPart[] | null;

/** Longer ones are no paths. */
const MAX_LITERAL = 300;

export function spellText(walk: Walk, node: SyntaxNode): Text {
  return SPELL[node.type]?.(walk, node) ?? null;
}

const SPELL: Readonly<Record<string, (walk: Walk, node: SyntaxNode) => Text>> = {
  string: spellString,
  concatenated_string: (walk, node) => join(node.children.map((child) => spellText(walk, child)), ''),
  binary_operator: spellSum,
  identifier: (walk, node) => walk.valueOfName(node.text).text,
  parenthesized_expression: (walk, node) => (node.children[0] === undefined ? null : spellText(walk, node.children[0])),
  call: spellCall,
};

function spellString(walk: Walk, node: SyntaxNode): Text {
  const prefix = /^[A-Za-z]*/.exec(walk.source.slice(node.start, node.start + 3))?.[0].toLowerCase() ?? '';
  if (prefix.includes('b') || node.end - node.start > MAX_LITERAL) return null;
  return join(node.children.map((child) => {
    if (child.type === 'string_content') return [{ literal: unescape(child.text, prefix) }];
    const inner = child.children[0];
    return inner !== undefined && child.children.length === 1 ? spellText(walk, inner) : null;
  }), '');
}

/** Only what may stand in a path. */
function unescape(text: string, prefix: string): string {
  return prefix.includes('r') ? text : text.replace(/\\(?<char>["'\\])/g, '$<char>').replace(/\{\{/g, '{');
}

function spellSum(walk: Walk, node: SyntaxNode): Text {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (left === null || right === null) return null;
  const operator = walk.source.slice(left.end, right.start).trim();
  if (operator !== '+' && operator !== '/') return null;
  return join([spellText(walk, left), spellText(walk, right)], operator === '/' ? '/' : '');
}

const JOINING = /(?:^|\.)(?:Path|PurePath|PosixPath|path\.join)$/;
const PASSING = /^str$|(?:^|\.)(?:fspath|abspath|expanduser|normpath|realpath)$/;

function spellCall(walk: Walk, node: SyntaxNode): Text {
  const callee = childOf(node, 'function');
  const args = childOf(node, 'arguments')?.children ?? [];
  if (callee === null || args.length === 0) return null;
  const name = walk.source.slice(callee.start, callee.end);
  const spell = () => args.map((arg) => spellText(walk, arg));
  if (JOINING.test(name)) return join(spell(), '/');
  if (PASSING.test(name)) return spell()[0] ?? null;
  const object = name.endsWith('.joinpath') ? childOf(callee, 'object') : null;
  return object === null ? null : join([spellText(walk, object), ...spell()], '/');
}

function join(parts: readonly Text[], separator: string): Text {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  return known.flatMap((part, at) => (at > 0 && separator !== '' ? [{ literal: separator }, ...part] : part));
}
