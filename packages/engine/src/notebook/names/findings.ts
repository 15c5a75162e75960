// What one unit of the flow (a step, a setup block, a cell alone) does to names, files and process state.

import type { Place } from '../facts/event.ts';

export interface Spot extends Place {
  /** Position of the cell in the notebook. */
  readonly cell: number;
}

export interface ReadInfo {
  readonly spot: Spot;
  /** Only an annotation reads it. */
  readonly soft: boolean;
  /** Read by a function that is mentioned: it may not be called, or later. */
  readonly late: boolean;
}

export type BindKind = 'bind' | 'change' | 'delete';

export interface BindInfo {
  readonly spot: Spot;
  readonly kind: BindKind;
  /** On every way through the unit. */
  readonly sure: boolean;
  /** By a function that is mentioned: it may not be called. */
  readonly late: boolean;
}

export interface Findings {
  /** Names, `%state` and `file:path`, in order of appearance. */
  readonly reads: Map<string, ReadInfo>;
  readonly binds: Map<string, BindInfo>;
  readonly deletes: Set<string>;
  /** Names bound by now on every way: what is read after is its own. */
  readonly sure: Set<string>;
  /** Modules of which everything is imported here. */
  readonly stars: string[];
  readonly writers: Set<number>;
  readonly askers: Set<number>;
  readonly asked: Set<string>;
  openness: 'closed' | 'open' | 'opaque';
  reason: string | null;
  reasonSpot: Spot | null;
  /** Absolute names it mentions, of modules and their members. */
  readonly mentions: Set<string>;
  /** Commands of the system, for the files they name. */
  readonly shell: string[];
  /** Calls whose result nobody takes, with names they may change. */
  readonly suspects: { readonly callee: string; readonly names: readonly string[]; readonly spot: Spot }[];
}

export function emptyFindings(): Findings {
  return {
    reads: new Map(), binds: new Map(), deletes: new Set(), sure: new Set(), stars: [], writers: new Set(), askers: new Set(), asked: new Set(),
    openness: 'closed', reason: null, reasonSpot: null, mentions: new Set(), shell: [], suspects: [],
  };
}
