// `get_ipython().run_line_magic(…)` and its like: what the pre-pass made of magics, and what exported scripts hold.

import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import { HARMLESS_SHELL_METHODS } from '../knowledge/opaque.ts';
import { runCellMagic, runLineMagic, runShell } from './magics.ts';
import type { Walk } from './walk.ts';

/** Whether it was one; then all its events are emitted. */
export function visitMagicCall(walk: Walk, node: SyntaxNode): boolean {
  const method = shellMethod(node);
  if (method === null) return false;
  const args = (childOf(node, 'arguments')?.children ?? []).map((arg) => literalString(walk, arg));
  const texts = args.filter((arg) => arg !== null);
  const run = texts.length === args.length && texts.length > 0 ? METHODS[method] : undefined;
  if (run !== undefined) run(walk, texts, node);
  else visitUnknown(walk, node, method);
  return true;
}

/** The method of `get_ipython()` that is called, or null. */
function shellMethod(node: SyntaxNode): string | null {
  const callee = childOf(node, 'function');
  const object = callee?.type === 'attribute' ? childOf(callee, 'object') : null;
  if (callee === null || object?.type !== 'call' || childOf(object, 'function')?.text !== 'get_ipython') return null;
  return childOf(callee, 'attribute')?.text ?? null;
}

type Run = (walk: Walk, texts: readonly string[], node: SyntaxNode) => void;

const METHODS: Readonly<Record<string, Run>> = {
  run_line_magic: (walk, [name = '', line = ''], node) => runLineMagic(walk, { name, line }, node),
  run_cell_magic: (walk, [name = '', line = '', body = ''], node) => runCellMagic(walk, { name, line, body }, node),
  magic: (walk, [text = ''], node) => {
    const { name = '', line = '' } = /^%?(?<name>\S*)\s*(?<line>.*)$/s.exec(text)?.groups ?? {};
    runLineMagic(walk, { name, line }, node);
  },
  system: (walk, [command = ''], node) => runShell(walk, command, node),
  getoutput: (walk, [command = ''], node) => runShell(walk, command, node),
};

function visitUnknown(walk: Walk, node: SyntaxNode, method: string): void {
  if (!HARMLESS_SHELL_METHODS.has(method)) walk.emit({ do: 'look', openness: 'opaque', reason: `\`get_ipython().${method}\` reaches into IPython`, start: node.start, end: node.end });
  walk.visit(childOf(node, 'arguments'));
}

/** The text of a string literal; the pre-pass writes them as JSON. */
function literalString(walk: Walk, node: SyntaxNode): string | null {
  if (node.type !== 'string' || node.children.some((child) => child.type === 'interpolation')) return null;
  const plain = node.children.map((child) => child.text).join('');
  try {
    return String(JSON.parse(walk.source.slice(node.start, node.end)));
  } catch {
    return plain;
  }
}
