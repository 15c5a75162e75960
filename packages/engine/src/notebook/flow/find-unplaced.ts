// Names that are read though nothing of the flow gives them a value.

import { isBuiltin, isHistory, isKernelName } from '../knowledge/builtin-names.ts';
import type { ReadInfo } from '../names/findings.ts';
import type { Providers } from './find-providers.ts';
import type { ObservedUnit } from './observed-unit.ts';

export interface UnplacedName {
  readonly name: string;
  readonly unit: ObservedUnit;
  readonly read: ReadInfo;
  /** Units that bind it, all of them below. */
  readonly below: readonly number[];
}

export function findUnplaced(unit: ObservedUnit, providers: Providers): UnplacedName[] {
  const found: UnplacedName[] = [];
  for (const [name, read] of unit.findings.reads) {
    if (read.soft || isThere(name) || unit.findings.binds.has(name) || providers.above(name, unit.at).length > 0) continue;
    const below = providers.anywhere(name);
    // A function that is only mentioned may be called later, when the name is there.
    if (read.late && below.length > 0) continue;
    found.push({ name, unit, read, below });
  }
  return found;
}

/** Without anybody binding it. */
function isThere(name: string): boolean {
  return /^%|^file:/.test(name) || isHistory(name) || isKernelName(name) || isBuiltin(name);
}
