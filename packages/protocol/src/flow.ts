// A flow as the analysis of a notebook gives it: cells, steps, what each step reads and binds, and the edges between.

import type { Asks } from './asks.ts';
import type { Closes, Control } from './control.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Tag } from './tags.ts';

/** `code` is a cell of the flow; `scratch` was never tagged; `skip` is tagged out of it. */
export type CellRole = 'step' | 'parameters' | 'setup' | 'scratch' | 'skip' | 'text';

export interface Cell {
  /** Position in the notebook, from 0. */
  readonly index: number;
  readonly id: string | null;
  readonly role: CellRole;
  /** The step it belongs to; setup and parameter cells belong to a setup block; null outside the flow. */
  readonly step: string | null;
  /** The number the cell would show after Restart-and-Run-All of the flow, from 1; null outside the flow and for empty cells. */
  readonly number: number | null;
  /** Its text as it runs: what installs packages is blanked, line for line. */
  readonly source: string;
  readonly tags: readonly string[];
}

/**
 * How sure the analysis is of the names. `closed`: every name is accounted for. `open`: some name has no known place,
 * the worker fetches on first use. `opaque`: the code looks at the namespace as a whole, it waits for its turn with all names.
 */
export type Openness = 'closed' | 'open' | 'opaque';

export interface StepNames {
  readonly openness: Openness;
  /** Why it is not closed: one short clause for `graph` and the run page, or null. */
  readonly reason: string | null;
  /** Names whose value may come from outside the step, functions it mentions included. */
  readonly reads: readonly string[];
  /** Names it binds, rebinds, deletes or changes in place. */
  readonly binds: readonly string[];
  /** Names it deletes: they must be there before it starts. */
  readonly deletes: readonly string[];
  /** Cells (positions in the notebook) that write outside the process in ways Python's audit events do not show. */
  readonly writers: readonly number[];
  /** Cells that ask what stands on the disk in ways audit events do not show, of files whose names are not known before. */
  readonly askers: readonly number[];
  /** Files asked for in such ways whose names are known, relative to the notebook. */
  readonly asked: readonly string[];
}

export interface Step {
  readonly name: string;
  readonly kind: 'step' | 'setup';
  /** Positions in the notebook, ascending. */
  readonly cells: readonly number[];
  readonly names: StepNames;
  readonly tags: readonly Tag[];
  readonly control: Control;
  readonly asks: Asks;
  /** The foreach steps it is a branch of, outermost first; its own included. */
  readonly inside: readonly string[];
  /** It runs when the run has ended so, after all others; null: in its place. */
  readonly closes: Closes | null;
}

/** `list`: taken apart by a foreach; `join`: collected from its branches. */
export type EdgeReason = 'data' | 'prev' | 'file' | 'state' | 'list' | 'join';

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Names or files that travel along it; empty for `prev`. */
  readonly names: readonly string[];
  readonly why: EdgeReason;
}

/** The kinds of value a parameter can be given on the command line. */
export type ParameterType = 'int' | 'float' | 'str' | 'bool' | 'none' | 'json' | 'date' | 'path' | 'unknown';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** `none` is a value for it. */
  readonly optional: boolean;
  /** What it may be, as Python source; null where anything of its type may. */
  readonly choices: readonly string[] | null;
  /** The right-hand side as written, or null where only an annotation stands. */
  readonly default: string | null;
  readonly help: string | null;
  readonly cell: number;
}

/** What the notebook itself says of its packages. */
export interface NotebookEnvironment {
  /** Of its defaults: what holds for setup, too. */
  readonly pip: readonly string[];
  readonly conda: string | null;
  readonly image: string | null;
  /** Script metadata (PEP 723) in one of its cells, or null. */
  readonly script: ScriptMetadata | null;
}

export interface ScriptMetadata {
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
  /** The table of uv's settings, as TOML; null where there is none. */
  readonly settings: string | null;
}

export interface Flow {
  readonly name: string;
  /** Path of the notebook, relative to the project folder, with forward slashes. */
  readonly notebook: string;
  readonly cells: readonly Cell[];
  /** In notebook order; setup blocks included. */
  readonly steps: readonly Step[];
  readonly edges: readonly Edge[];
  readonly parameters: readonly Parameter[];
  /** Files that its cells read by a literal path, relative to the notebook's folder where they are not absolute. */
  readonly files: readonly string[];
  readonly environment: NotebookEnvironment;
  readonly diagnostics: readonly Diagnostic[];
}
