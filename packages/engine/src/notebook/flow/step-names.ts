// What a unit reads and binds, as the contract says it.

import type { StepNames } from '@headwater/protocol';
import type { ObservedUnit } from './observed-unit.ts';

/** Process state and files are names of the analysis only: workers observe them by themselves. */
const isName = (name: string) => !/^%|^file:/.test(name);

export function namesOf({ own: findings }: ObservedUnit, unplaced: string | null): StepNames {
  const opens = findings.openness === 'closed' && unplaced !== null;
  return {
    openness: opens ? 'open' : findings.openness,
    reason: opens ? `\`${unplaced}\` has no known place` : findings.reason,
    reads: [...findings.reads.keys()].filter(isName).sort(),
    binds: [...findings.binds.keys()].filter(isName).sort(),
    deletes: [...findings.deletes].sort(),
    writers: [...findings.writers].sort((a, b) => a - b),
    askers: [...findings.askers].sort((a, b) => a - b),
    asked: [...findings.asked].sort(),
  };
}
