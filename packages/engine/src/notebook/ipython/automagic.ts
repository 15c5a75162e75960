// In a cell of one line the `%` may be left out: `ls`, `cd data`, `pip install x`.

import { lineMagicKind } from './magics.ts';

/** Words that nobody uses as a variable; the others may be left out only before arguments. */
const BARE = new Set(['ls', 'pwd', 'll', 'who', 'whos', 'pip', 'conda', 'lsmagic']);
const WORDS = new Set([...BARE, 'cd', 'cat', 'mkdir', 'rm', 'mv', 'cp', 'rmdir', 'less', 'more', 'man', 'matplotlib', 'load_ext', 'run', 'env', 'pinfo', 'mamba', 'uv', 'autoreload', 'config', 'timeit', 'set_env', 'pylab']);

/** The line with its `%`, or null where it is Python. */
export function findAutomagic(lines: readonly string[], first: number): string | null {
  if (lines.some((line, at) => at !== first && line.trim() !== '')) return null;
  const match = /^(?<word>[a-z_]+)(?:\s+(?<rest>.*))?$/.exec((lines[first] ?? '').trimEnd());
  const { word, rest } = match?.groups ?? {};
  if (word === undefined || !WORDS.has(word)) return null;
  const isMagic = rest === undefined || rest === '' ? BARE.has(word) : !/^(?:[-+*/%=<>!&|^.,:;()[\]]+(?:\s|$)|=|in\s|is\s|and\s|or\s|if\s|not\s)/.test(rest);
  return isMagic && (BARE.has(word) || lineMagicKind(word) !== 'code') ? `%${(lines[first] ?? '')}` : null;
}
