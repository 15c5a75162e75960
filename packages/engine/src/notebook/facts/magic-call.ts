// `get_ipython().run_line_magic(…)` and its like: what the pre-pass made of magics, and what exported scripts hold.

import { cellMagicKind, HARMLESS_EXTENSIONS, lineMagicKind } from '../ipython/magics.ts';
import { childOf, type SyntaxNode } from '../syntax/syntax-node.ts';
import type { Place } from './event.ts';
import { findExpansions } from './expansions.ts';
import { NOTHING } from './value.ts';
import type { Walk } from './walk.ts';

/** Whether it was one; then all its events are emitted. */
export function visitMagicCall(walk: Walk, node: SyntaxNode): boolean {
  const callee = childOf(node, 'function');
  const object = callee?.type === 'attribute' ? childOf(callee, 'object') : null;
  if (callee === null || object?.type !== 'call' || childOf(object, 'function')?.text !== 'get_ipython') return false;
  const args = (childOf(node, 'arguments')?.children ?? []).map((arg) => literalString(walk, arg));
  const [name, line = '', body = ''] = args;
  const method = childOf(callee, 'attribute')?.text ?? '';
  if (typeof name !== 'string' || args.some((arg) => arg === null)) return unknownCall(walk, node, method);
  switch (method) {
    case 'run_line_magic':
    case 'magic':
      runLineMagic(walk, method === 'magic' ? splitMagic(name) : [name, line ?? ''], node);
      return true;
    case 'run_cell_magic':
      runCellMagic(walk, { name, line: line ?? '', body: body ?? '' }, node);
      return true;
    case 'system':
    case 'getoutput':
      runShell(walk, name, node);
      return true;
    default:
      return unknownCall(walk, node, method);
  }
}

/** Methods of the shell that say nothing about names. */
const HARMLESS_METHODS = new Set(['system', 'getoutput', 'set_next_input', 'display_formatter', 'enable_matplotlib', 'enable_gui', 'register_magics', 'set_custom_exc', 'showtraceback', 'show_usage']);

function unknownCall(walk: Walk, node: SyntaxNode, method: string): boolean {
  if (!HARMLESS_METHODS.has(method)) look(walk, `\`get_ipython().${method}\` reaches into IPython`, node);
  walk.visit(childOf(node, 'arguments'));
  return true;
}

function splitMagic(text: string): [string, string] {
  const { name = '', line = '' } = /^%?(?<name>\S*)\s*(?<line>.*)$/s.exec(text)?.groups ?? {};
  return [name, line];
}

/** The text of a string literal; the pre-pass writes them as JSON. */
function literalString(walk: Walk, node: SyntaxNode): string | null {
  if (node.type !== 'string' || node.children.some((child) => child.type === 'interpolation')) return null;
  const text = walk.source.slice(node.start, node.end);
  try {
    return text.startsWith('"') && !text.startsWith('"""') ? String(JSON.parse(text)) : node.children.map((child) => child.text).join('');
  } catch {
    return node.children.map((child) => child.text).join('');
  }
}

// ---------------------------------------------------------------- line magics

function runLineMagic(walk: Walk, [name, line]: readonly [string, string], place: Place): void {
  switch (lineMagicKind(name)) {
    case 'shell':
      return runShell(walk, `${name} ${line}`, place);
    case 'cwd':
      state(walk, '%cwd', place);
      return expand(walk, line, `\`%${name}\` looks names up`, place);
    case 'env':
      if (line.trim() !== '' && /[\s=]/.test(line.trim())) state(walk, '%env', place);
      return expand(walk, line, `\`%${name}\` looks names up`, place);
    case 'star':
      walk.emit({ do: 'star', module: '%pylab', start: place.start, end: place.end });
      return;
    case 'inspect':
      return inspect(walk, line, place);
    case 'opaque':
      return lookBy(walk, name, line, place);
    case 'closed':
    case 'code':
    case 'apart':
    case 'pip':
      return;
  }
}

function inspect(walk: Walk, line: string, place: Place): void {
  const name = /^%{0,2}(?<name>[\p{L}_][\p{L}\p{N}_]*)/u.exec(line.trim())?.groups?.['name'];
  if (name !== undefined && !line.trim().startsWith('%')) walk.read(name, name, place);
}

/** `%run` and extensions run code that nobody reads here, and may write. */
function lookBy(walk: Walk, name: string, line: string, place: Place): void {
  if (/^(?:re|un)?load_ext$/.test(name) && HARMLESS_EXTENSIONS.has(line.trim())) return;
  look(walk, `\`%${name}\` may use any name`, place);
  walk.emit({ do: 'writer', start: place.start, end: place.end });
}

// ---------------------------------------------------------------- cell magics

interface CellMagic {
  readonly name: string;
  readonly line: string;
  readonly body: string;
}

function runCellMagic(walk: Walk, magic: CellMagic, place: Place): void {
  const { name, line, body } = magic;
  const kind = cellMagicKind(name);
  if (name === 'capture') return bindNames(walk, /^(?:--?\S+\s+)*(?<out>[\p{L}_][\p{L}\p{N}_]*)/u.exec(line)?.groups?.['out'], place);
  if (name === 'writefile' || name === 'file') return writeFile(walk, line, place);
  if (kind === 'shell') {
    for (const match of line.matchAll(/--(?:out|err|proc)[ =](?<out>\w+)/g)) bindNames(walk, match.groups?.['out'], place);
    expand(walk, line, `\`%%${name}\` looks names up`, place);
    walk.emit({ do: 'shell', text: body, start: place.start, end: place.end });
  } else if (kind === 'opaque') {
    look(walk, `\`%%${name}\` may use any name`, place);
    walk.emit({ do: 'writer', start: place.start, end: place.end });
  }
}

function bindNames(walk: Walk, name: string | undefined, place: Place): void {
  if (name !== undefined) walk.bind(name, 'assign', NOTHING, place);
}

function writeFile(walk: Walk, line: string, place: Place): void {
  const words = line.trim().split(/\s+/);
  const path = words.at(-1) ?? '';
  walk.emit({ do: 'file', path: [{ literal: path.replace(/^["']|["']$/g, '') }], act: words.includes('-a') ? 'change' : 'write', start: place.start, end: place.end });
  expand(walk, line, 'the name of the file is made of names', place);
}

// ---------------------------------------------------------------- shell, names, looks

function runShell(walk: Walk, command: string, place: Place): void {
  expand(walk, command, '`!command` looks names up', place);
  walk.emit({ do: 'shell', text: command, start: place.start, end: place.end });
}

function expand(walk: Walk, text: string, reason: string, place: Place): void {
  const { names, soft } = findExpansions(text);
  if (names.length + soft.length > 0) walk.emit({ do: 'expand', names, soft, reason, start: place.start, end: place.end });
}

function look(walk: Walk, reason: string, place: Place): void {
  walk.emit({ do: 'look', openness: 'opaque', reason, start: place.start, end: place.end });
}

function state(walk: Walk, name: string, place: Place): void {
  walk.emit({ do: 'state', name, act: 'set', start: place.start, end: place.end });
}
