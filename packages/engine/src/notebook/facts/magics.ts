// What magics do to names, as events.

import { cellMagicKind, HARMLESS_EXTENSIONS, lineMagicKind, type MagicKind } from '../ipython/magics.ts';
import type { Place } from './event.ts';
import { findExpansions } from './expansions.ts';
import { NOTHING } from './value.ts';
import type { Walk } from './walk.ts';

export interface LineMagic {
  readonly name: string;
  readonly line: string;
}

export interface CellMagic extends LineMagic {
  readonly body: string;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/u;

// ---------------------------------------------------------------- line magics

type Run = (walk: Walk, magic: LineMagic, place: Place) => void;

const BY_KIND: Partial<Record<MagicKind, Run>> = {
  shell: (walk, { name, line }, place) => runShell(walk, `${name} ${line}`, place),
  cwd: (walk, magic, place) => setState(walk, '%cwd', magic, place),
  // Alone, or with one name, it only shows.
  env: (walk, magic, place) => (/[\s=]/.test(magic.line.trim()) ? setState(walk, '%env', magic, place) : undefined),
  star: (walk, _, { start, end }) => walk.emit({ do: 'star', module: '%pylab', start, end }),
  inspect: (walk, { line }, place) => {
    const [name] = NAME.exec(line) ?? [];
    if (name !== undefined && !line.startsWith('%')) walk.read(name, name, place);
  },
  opaque: (walk, { name, line }, place) => {
    if (!/^(?:re|un)?load_ext$/.test(name) || !HARMLESS_EXTENSIONS.has(line.trim())) lookAndWrite(walk, `\`%${name}\` may use any name`, place);
  },
};

export function runLineMagic(walk: Walk, magic: LineMagic, place: Place): void {
  BY_KIND[lineMagicKind(magic.name)]?.(walk, magic, place);
}

function setState(walk: Walk, state: string, { name, line }: LineMagic, { start, end }: Place): void {
  walk.emit({ do: 'state', name: state, act: 'set', start, end });
  expand(walk, line, `\`%${name}\` looks names up`, { start, end });
}

/** Code that nobody reads here runs, and may write. */
function lookAndWrite(walk: Walk, reason: string, { start, end }: Place): void {
  walk.emit({ do: 'look', openness: 'opaque', reason, start, end });
  walk.emit({ do: 'writer', start, end });
}

// ---------------------------------------------------------------- cell magics

export function runCellMagic(walk: Walk, magic: CellMagic, place: Place): void {
  const { name, line } = magic;
  const kind = cellMagicKind(name);
  if (name === 'capture') bindName(walk, /^(?:--?\S+\s+)*(?<name>[\p{L}_][\p{L}\p{N}_]*)/u.exec(line)?.groups?.['name'], place);
  else if (name === 'writefile' || name === 'file') writeFile(walk, line, place);
  else if (kind === 'shell') runScript(walk, magic, place);
  else if (kind === 'opaque') lookAndWrite(walk, `\`%%${name}\` may use any name`, place);
}

function bindName(walk: Walk, name: string | undefined, place: Place): void {
  if (name !== undefined) walk.bind(name, 'assign', NOTHING, place);
}

/** `%%bash --out result`. */
function runScript(walk: Walk, { name, line, body }: CellMagic, place: Place): void {
  for (const match of line.matchAll(/--(?:out|err|proc)[ =](?<name>\w+)/g)) bindName(walk, match.groups?.['name'], place);
  expand(walk, line, `\`%%${name}\` looks names up`, place);
  walk.emit({ do: 'shell', text: body, start: place.start, end: place.end });
}

function writeFile(walk: Walk, line: string, place: Place): void {
  const words = line.trim().split(/\s+/);
  const path = (words.at(-1) ?? '').replace(/^["']|["']$/g, '');
  walk.emit({ do: 'file', path: [{ literal: path }], act: words.includes('-a') ? 'change' : 'write', start: place.start, end: place.end });
  expand(walk, line, 'the name of the file is made of names', place);
}

// ---------------------------------------------------------------- commands of the system

export function runShell(walk: Walk, command: string, place: Place): void {
  expand(walk, command, '`!command` looks names up', place);
  walk.emit({ do: 'shell', text: command, start: place.start, end: place.end });
}

/** Names in capitals after `$` are mostly the shell's own: they count only where the notebook has bound them. */
function expand(walk: Walk, text: string, reason: string, { start, end }: Place): void {
  const { names, soft } = findExpansions(text);
  for (const name of names) walk.read(name, name, { start, end });
  if (names.length > 0) walk.emit({ do: 'look', openness: 'opaque', reason, start, end });
  if (soft.length > 0) walk.emit({ do: 'expand', names: soft, reason, start, end });
}
