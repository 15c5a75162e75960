// What diagnostics are found in.

import type { Edge, Parameter } from '@headwater/protocol';
import type { AssignedCell } from '../flow/assigned-cell.ts';
import type { Providers } from '../flow/find-providers.ts';
import type { UnplacedName } from '../flow/find-unplaced.ts';
import type { ObservedUnit } from '../flow/observed-unit.ts';
import type { Findings } from '../names/findings.ts';

export interface OutsideCell {
  readonly cell: AssignedCell;
  /** What it would do to names if it ran. */
  readonly findings: Findings;
}

export interface Context {
  readonly cells: readonly AssignedCell[];
  readonly units: readonly ObservedUnit[];
  readonly providers: Providers;
  readonly unplaced: readonly UnplacedName[];
  /** Scratch and skipped cells. */
  readonly outside: readonly OutsideCell[];
  readonly edges: readonly Edge[];
  readonly parameters: readonly Parameter[];
}
