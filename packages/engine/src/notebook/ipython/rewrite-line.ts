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

export function rewriteLine(draft: Draft, at: LineAt): void {
  const { logical, text } = at;
  const content = text.slice(logical.start, logical.end);
  const [assign] = logical.assigns;
  if (/^%{1,2}[\w*.]+\?\??$/.test(content)) rewriteHelp(draft, at, content);
  else if (logical.escaped) rewriteEscaped(draft, at, content);
  else if (content.endsWith('?') && logical.comment === null) rewriteHelp(draft, at, content);
  else if (assign !== undefined) rewriteAssigned(draft, at, assign - logical.start);
}

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
  const joined = content.replace(/\\\n/g, ' ');
  switch (content.charAt(0)) {
    case '%':
      return rewriteMagic(draft, at, { content, offset: 1 });
    case '!':
      return rewriteShell(draft, at, joined);
    case '?':
      return replace(draft, at, 0, inspect(joined.replace(/^\?+/, '').trim(), /^\?+/.exec(content)?.[0] ?? ''));
    default:
      return replace(draft, at, 0, rewriteAutocall(joined));
  }
}

function rewriteShell(draft: Draft, at: LineAt, content: string): void {
  const packages = findInstall(content.replace(/^!+/, ''));
  if (packages !== null) return dropInstall(draft, at, packages);
  replace(draft, at, 0, content.startsWith('!!') ? call('getoutput', content.slice(2)) : call('system', content.slice(1)));
}

/** `,f a b` quotes each word, `;f a b` the whole, `/f a b` calls with them. */
function rewriteAutocall(content: string): string {
  const [name = '', ...words] = content.slice(1).trim().split(/\s+/);
  const rest = words.join(' ');
  if (content.startsWith(',')) return `${name}(${words.map((word) => JSON.stringify(word)).join(', ')})`;
  return content.startsWith(';') ? `${name}(${JSON.stringify(rest)})` : `${name}(${words.join(', ')})`;
}

// ---------------------------------------------------------------- magics

interface Magic {
  /** From the `%` on, and how much of it is the `%`. */
  readonly content: string;
  readonly offset: number;
}

function rewriteMagic(draft: Draft, at: LineAt, magic: Magic, front = 0): void {
  const { name = '', gap = '', rest = '' } = /^(?<name>\S*)(?<gap>[ \t]*)(?<rest>.*)$/s.exec(magic.content.slice(magic.offset))?.groups ?? {};
  const packages = findInstall(`${name} ${rest}`);
  if (packages !== null) return dropInstall(draft, at, packages);
  const kind = lineMagicKind(name);
  if (kind === 'code' || kind === 'apart') {
    const options = optionsLength(name, rest);
    const code = rest.slice(options).trimStart();
    if (kind === 'apart') markApart(draft, at);
    return rewriteCode(draft, at, { front, code, cut: magic.offset + name.length + gap.length + rest.length - code.length });
  }
  replace(draft, at, front, call('run_line_magic', name, rest.replace(/\\\n/g, ' ').trim()));
}

function markApart(draft: Draft, at: LineAt): void {
  const lines = at.text.slice(at.logical.start, at.logical.end).split('\n').length;
  for (let line = at.line; line < at.line + lines; line += 1) draft.apart.add(line);
}

/** The Python after `%time` moves to the place of the magic; what it in turn begins with is looked at again. */
function rewriteCode(draft: Draft, at: LineAt, part: { front: number; code: string; cut: number }): void {
  if (/^[%!]/.test(part.code)) {
    if (part.code.startsWith('%')) return rewriteMagic(draft, at, { content: part.code, offset: 1 }, part.front);
    return replace(draft, at, part.front, call('system', part.code.slice(1)));
  }
  const line = draft.lines[at.line] ?? '';
  const before = line.slice(0, at.column + part.front);
  const code = line.slice(at.column + part.front + part.cut);
  draft.lines[at.line] = before + (code.trim() === '' ? '0' : code);
  draft.shifts.set(at.line, (draft.shifts.get(at.line) ?? 0) + part.cut);
}

/** `x = %magic`, `x = !command`. */
function rewriteAssigned(draft: Draft, at: LineAt, assign: number): void {
  const content = at.text.slice(at.logical.start, at.logical.end);
  const front = assign + 1 + (/^[ \t]*/.exec(content.slice(assign + 1))?.[0].length ?? 0);
  const right = content.slice(front);
  if (right.startsWith('!')) replace(draft, at, front, call('getoutput', right.slice(1).replace(/\\\n/g, ' ')));
  else if (/^%\s*[A-Za-z_]/.test(right)) rewriteMagic(draft, at, { content: right, offset: /^%\s*/.exec(right)?.[0].length ?? 1 }, front);
}

// ---------------------------------------------------------------- writing

function call(method: string, ...args: string[]): string {
  return `get_ipython().${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}

/** Puts text in the place of the logical line, after its first `front` characters. */
function replace(draft: Draft, at: LineAt, front: number, text: string): void {
  const lines = at.text.slice(at.logical.start, at.logical.end).split('\n').length;
  const before = (draft.lines[at.line] ?? '').slice(0, at.column + front);
  draft.write(at.line, at.line + lines - 1, before + text);
}

function dropInstall(draft: Draft, at: LineAt, packages: readonly string[]): void {
  draft.pips.push({ line: at.line, text: at.text.slice(at.logical.start, at.logical.end), packages });
  replace(draft, at, 0, 'pass');
}
