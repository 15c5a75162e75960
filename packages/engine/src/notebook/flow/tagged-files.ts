// Files that tags name: from a step that writes them to the ones below that read them.

import { isGlob, overlaps } from '@headwater/protocol';
import { FILE } from '../names/on-file.ts';
import type { ObservedUnit } from './observed-unit.ts';

/** Of units above, the last that writes a file surely, and those that may; `writes:` or code against `reads:` or code. */
export function findTaggedFiles(units: readonly ObservedUnit[], reader: ObservedUnit): { from: number; file: string }[] {
  const wanted = [...reader.asks.reads, ...(units.some(({ asks }) => asks.writes.length > 0) ? filesOf(reader.findings.reads) : [])];
  return wanted.flatMap((file) => {
    const found: number[] = [];
    for (const unit of units.slice(0, reader.at).reverse()) {
      const written = writtenBy(unit, reader.asks.reads.includes(file)).filter((each) => overlaps(each, file));
      if (written.length === 0) continue;
      found.push(unit.at);
      if (!isGlob(file) && written.some((each) => !isGlob(each))) break;
    }
    return found.map((from) => ({ from, file }));
  });
}

/** What code writes is an edge already where code reads it. */
function writtenBy(unit: ObservedUnit, byTag: boolean): string[] {
  return byTag ? [...unit.asks.writes, ...filesOf(unit.findings.binds)] : [...unit.asks.writes];
}

function filesOf(names: ReadonlyMap<string, unknown>): string[] {
  return [...names.keys()].filter((name) => name.startsWith(FILE)).map((name) => name.slice(FILE.length));
}
