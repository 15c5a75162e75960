// Commands of the system name files, too: whether they read or write them, their text does not tell.

import { normalisePath } from '../knowledge/files.ts';
import { FILE } from '../names/on-file.ts';
import type { ObservedUnit } from './observed-unit.ts';

export interface ShellFile {
  readonly from: number;
  readonly file: string;
}

/** Files that this unit and one above both name, at least one of them in a command. */
export function findShellFiles(units: readonly ObservedUnit[], unit: ObservedUnit): ShellFile[] {
  const own = wordsOf(unit);
  const touched = filesOf(unit, 'reads');
  if (own.size + touched.size === 0) return [];
  return units.slice(0, unit.at).flatMap((earlier) => {
    const written = filesOf(earlier, 'binds');
    const named = wordsOf(earlier);
    const both = [...[...own].filter((file) => written.has(file) || named.has(file)), ...[...touched].filter((file) => named.has(file))];
    return [...new Set(both)].map((file) => ({ from: earlier.at, file }));
  });
}

function filesOf(unit: ObservedUnit, side: 'reads' | 'binds'): Set<string> {
  return new Set([...unit.findings[side].keys()].filter((name) => name.startsWith(FILE)).map((name) => name.slice(FILE.length)));
}

/** Words that look like files: something before and after a dot. */
function wordsOf(unit: ObservedUnit): Set<string> {
  const words = unit.findings.shell.flatMap((text) => text.split(/[\s'"`;|&<>()=]+/));
  return new Set(words.filter((word) => /^[^-:*?{}$]*\w\.\w{1,8}$/.test(word)).map(normalisePath).filter((path) => path !== null));
}
