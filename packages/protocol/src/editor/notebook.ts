// The open notebook, and what runs left of it, as editors show it.

import type { Closes, Control } from '../control.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Edge, Parameter, CellRole } from '../flow.ts';
import type { StepStatus } from './runs.ts';

/** Why a step's last result is not what it would give now. */
export interface Stale {
  readonly because: 'code' | 'parameter' | 'input';
  /** Parameters, or steps above whose results are stale. */
  readonly names: readonly string[];
}

/** A step of the open notebook and how it stood in the last run that had it. */
export interface StepNow {
  readonly name: string;
  readonly kind: 'step' | 'setup';
  readonly cells: readonly number[];
  /** Steps it waits for. */
  readonly after: readonly string[];
  readonly reads: readonly string[];
  readonly binds: readonly string[];
  /** Null when it never ran. */
  readonly last: { readonly run: string; readonly status: StepStatus; readonly ms: number | null; readonly tasks: number; readonly failed: number } | null;
  readonly control: Control;
  /** The end of the run that it waits for, or null. */
  readonly closes: Closes | null;
  /** The foreach steps it is a branch of, outermost first; its own included. */
  readonly inside: readonly string[];
  readonly stale: Stale | null;
}

export interface CellNow {
  readonly index: number;
  readonly id: string | null;
  readonly role: CellRole;
  readonly step: string | null;
  /** Steps that read what this cell outside the flow binds. */
  readonly readBy: readonly string[];
}

export interface Analysis {
  readonly flow: string;
  readonly store: string;
  readonly cells: readonly CellNow[];
  readonly steps: readonly StepNow[];
  readonly edges: readonly Edge[];
  readonly parameters: readonly Parameter[];
  readonly diagnostics: readonly Diagnostic[];
  /** The flow's newest run, or null. */
  readonly latest: string | null;
  /** Given to the newest run. */
  readonly lastValues: Readonly<Record<string, string>>;
  /** A name for a new step, by cell. */
  readonly proposals: readonly { readonly cell: number; readonly name: string }[];
}

/** A text in pieces: ask again with `next` until it is null. */
export interface TextPart {
  readonly text: string;
  readonly next: number | null;
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface CellDiff {
  readonly step: string;
  /** Position in the notebook that ran, and in the one that is open; null where there is none. */
  readonly ran: number | null;
  readonly now: number | null;
  readonly same: boolean;
  readonly lines: readonly DiffLine[];
  /** Line that failed, from 1, in the cell that ran. */
  readonly failedLine: number | null;
}

export interface PlacedOutputs {
  readonly cells: readonly {
    /** Position in the open notebook. */
    readonly index: number;
    readonly number: number | null;
    readonly outputs: readonly Readonly<Record<string, unknown>>[];
    /** Its code is not what ran. */
    readonly changed: boolean;
  }[];
  /** Steps of the run that the open notebook has no cell for. */
  readonly missing: readonly string[];
  readonly next: number | null;
}
