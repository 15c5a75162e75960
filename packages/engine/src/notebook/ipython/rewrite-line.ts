// One logical line: an escaped command, an assignment from one, a question mark at the end, or plain Python.

import { lineMagicKind, optionsLength } from './magics.ts';
import type { LogicalLine } from './logical-lines.ts';
import { findInstall } from './pip.ts';
import type { Draft } from './prepared.ts';

export interface LineAt {
  /** Line and column of its beginning in the draft. */
  readonly line: number;
  readonly column: number;
  readonly logical: LogicalLine;
  /** The text its offsets count in. */
  readonly text: string;
}

const HELP = /(?<name>%{0,2}(?!\d)[\w*]+(?:\.\w+|\[-?\d+\])*)(?<marks>\?\??)$/;
const MAGIC_HELP = /^%{1,2}[\w*.]+\?\??$/;

export function rewriteLine(draft: Draft, at: LineAt): void {
  const { logical } = at;
  const content = contentOf(at);
  const [assign] = logical.assigns;
  const asks = MAGIC_HELP.test(content) || (!logical.escaped && logical.comment === null && content.endsWith('?'));
  if (asks) rewriteHelp(draft, at, content);
  else if (logical.escaped) rewriteEscaped(draft, at, content);
  else if (assign !== undefined) rewriteAssigned(draft, at, assign - logical.start);
}

function contentOf({ text, logical }: LineAt): string {
  return text.slice(logical.start, logical.end);
}

/** IPython puts the lines that backslashes join into one. */
const joinLines = (text: string) => text.replace(/\\\n/g, ' ');

// ---------------------------------------------------------------- questions

/** `obj?`: whatever else stands on the line is not run. */
function rewriteHelp(draft: Draft, at: LineAt, content: string): void {
  const { name, marks } = HELP.exec(content)?.groups ?? {};
  if (name !== undefined) replace(draft, at, 0, inspect(name, marks ?? '?'));
}

/** A question about one object, about all names that fit, or about IPython. */
function inspect(name: string, marks: string): string {
  if (name === '') return call('show_usage');
  if (name.includes('*')) return call('run_line_magic', 'psearch', name);
  return call('run_line_magic', marks === '??' ? 'pinfo2' : 'pinfo', name);
}

// ---------------------------------------------------------------- beginning with an escape character

function rewriteEscaped(draft: Draft, at: LineAt, content: string): void {
  switch (content.charAt(0)) {
    case '%':
      rewriteMagic(draft, at, { content, offset: 1, front: 0 });
      break;
    case '!':
      rewriteShell(draft, at, joinLines(content));
      break;
    case '?':
      replace(draft, at, 0, inspect(joinLines(content).replace(/^\?+/, '').trim(), content.startsWith('??') ? '??' : '?'));
      break;
    default:
      replace(draft, at, 0, rewriteAutocall(joinLines(content)));
  }
}

function rewriteShell(draft: Draft, at: LineAt, content: string): void {
  const packages = findInstall(content.replace(/^!+/, ''));
  if (packages !== null) dropInstall(draft, at, packages);
  else replace(draft, at, 0, content.startsWith('!!') ? call('getoutput', content.slice(2)) : call('system', content.slice(1)));
}

/** `,f a b` quotes each word, `;f a b` the whole, `/f a b` calls with them. */
function rewriteAutocall(content: string): string {
  const [name = '', ...words] = content.slice(1).trim().split(/\s+/);
  const rest = words.join(' ');
  if (content.startsWith(',')) return `${name}(${words.map((word) => JSON.stringify(word)).join(', ')})`;
  return content.startsWith(';') ? `${name}(${JSON.stringify(rest)})` : `${name}(${words.join(', ')})`;
}

/** `x = %magic`, `x = !command`. */
function rewriteAssigned(draft: Draft, at: LineAt, assign: number): void {
  const content = contentOf(at);
  const front = content.length - content.slice(assign + 1).trimStart().length;
  const right = content.slice(front);
  const offset = /^%\s*(?=[A-Za-z_])/.exec(right)?.[0].length;
  if (right.startsWith('!')) replace(draft, at, front, call('getoutput', joinLines(right.slice(1))));
  else if (offset !== undefined) rewriteMagic(draft, at, { content: right, offset, front });
}

// ---------------------------------------------------------------- magics

interface Magic {
  /** From the `%` on, and how much of it is the `%`. */
  readonly content: string;
  readonly offset: number;
  /** How much of the logical line stands before it. */
  readonly front: number;
}

const MAGIC = /^(?<name>\S*)(?<gap>[ \t]*)(?<rest>.*)$/s;

function rewriteMagic(draft: Draft, at: LineAt, magic: Magic): void {
  const { name, rest } = splitMagic(magic);
  const packages = findInstall(`${name} ${rest}`);
  const kind = lineMagicKind(name);
  if (packages !== null) dropInstall(draft, at, packages);
  else if (kind === 'code' || kind === 'apart') rewriteCode(draft, at, magic);
  else replace(draft, at, magic.front, call('run_line_magic', name, joinLines(rest).trim()));
  if (kind === 'apart') for (const line of linesOf(at)) draft.apart.add(line);
}

function splitMagic({ content, offset }: Magic): { readonly name: string; readonly gap: string; readonly rest: string } {
  const { name = '', gap = '', rest = '' } = MAGIC.exec(content.slice(offset))?.groups ?? {};
  return { name, gap, rest };
}

/** The Python after `%time` moves to the place of the magic; what it in turn begins with is looked at again. */
function rewriteCode(draft: Draft, at: LineAt, magic: Magic): void {
  const { name, rest } = splitMagic(magic);
  const code = rest.slice(optionsLength(name, rest)).trimStart();
  if (code.startsWith('%')) rewriteMagic(draft, at, { content: code, offset: 1, front: magic.front });
  else if (code.startsWith('!')) replace(draft, at, magic.front, call('system', code.slice(1)));
  else moveCode(draft, at, { from: at.column + magic.front, cut: magic.content.length - code.length });
}

function moveCode(draft: Draft, at: LineAt, { from, cut }: { readonly from: number; readonly cut: number }): void {
  const line = draft.lines[at.line] ?? '';
  const code = line.slice(from + cut);
  draft.lines[at.line] = line.slice(0, from) + (code.trim() === '' ? '0' : code);
  draft.shifts.set(at.line, (draft.shifts.get(at.line) ?? 0) + cut);
}

// ---------------------------------------------------------------- writing

function call(method: string, ...args: string[]): string {
  return `get_ipython().${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}

function linesOf(at: LineAt): number[] {
  return contentOf(at).split('\n').map((_, index) => at.line + index);
}

/** Puts text in the place of the logical line, after its first `front` characters. */
function replace(draft: Draft, at: LineAt, front: number, text: string): void {
  const before = (draft.lines[at.line] ?? '').slice(0, at.column + front);
  draft.write(at.line, linesOf(at).at(-1) ?? at.line, before + text);
}

function dropInstall(draft: Draft, at: LineAt, packages: readonly string[]): void {
  draft.pips.push({ line: at.line, text: contentOf(at), packages });
  replace(draft, at, 0, 'pass');
}
