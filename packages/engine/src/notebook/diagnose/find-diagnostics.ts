// All that is to say about a notebook, in the order of its cells.

import type { Diagnostic } from '@headwater/protocol';
import type { AssignedCell } from '../flow/assigned-cell.ts';
import type { Findings } from '../names/findings.ts';
import type { Context } from './context.ts';
import { findControlDiagnostics } from './control.ts';
import { findEnvironmentDiagnostics } from './environments.ts';
import { findFileDiagnostics } from './files.ts';
import { findInstallDiagnostics } from './installs.ts';
import { findNameDiagnostics } from './names.ts';
import { findOutsideDiagnostics } from './outside.ts';
import { findParallelDiagnostics } from './parallel.ts';
import { findSplitDiagnostics } from './split-step.ts';
import { findSyntaxDiagnostics } from './syntax.ts';
import { findTagDiagnostics } from './tags.ts';
import { findUnitDiagnostics } from './units.ts';

/** `observe` says what a cell would do by itself. */
export function findDiagnostics(context: Context, observe: (cell: AssignedCell) => Findings): Diagnostic[] {
  // What runs when the run has ended stands between no cells.
  const split = findSplitDiagnostics({ ...context, units: context.units.filter(({ closes }) => closes === null) }, observe);
  // What a cell in the wrong place lacks there is no news.
  const misplaced = new Set(split.map((each) => each.cell));
  return [
    ...findSyntaxDiagnostics(context),
    ...findTagDiagnostics(context),
    ...findControlDiagnostics(context),
    ...findEnvironmentDiagnostics(context),
    ...split,
    ...findNameDiagnostics(context).filter((each) => !misplaced.has(each.cell)),
    ...findOutsideDiagnostics(context),
    ...findParallelDiagnostics(context),
    ...findUnitDiagnostics(context),
    ...findFileDiagnostics(context),
    ...findInstallDiagnostics(context),
  ];
}

/** By place; what concerns the notebook as a whole comes first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ cell, range }: Diagnostic) => (cell ?? -1) * 1e6 + (range?.start.line ?? 0) * 1e3 + Math.min(range?.start.column ?? 0, 999);
  return [...diagnostics].sort((a, b) => key(a) - key(b));
}
