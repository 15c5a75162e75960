// What the code of a cell or function does to names, in the order it does it. The language of this package.

import type { Code } from './code.ts';
import type { TextPart, Value } from './value.ts';

/** Where it stands: offsets in the prepared text of its cell. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Read extends Place {
  readonly do: 'read';
  readonly name: string;
  /** The attribute chain it begins: `np.random.rand`. */
  readonly dotted: string;
  /** Surely bound in the same cell or function before: no value from outside. */
  readonly covered: boolean;
  /** An annotation: later Pythons, and `from __future__ import annotations`, do not evaluate it. */
  readonly soft: boolean;
}

export type BindHow = 'assign' | 'augment' | 'import' | 'define' | 'loop' | 'capture';

export interface Bind extends Place {
  readonly do: 'bind';
  readonly name: string;
  /** Not under a condition, in a loop, or in a function. */
  readonly sure: boolean;
  readonly how: BindHow;
  readonly value: Value;
}

export interface Delete extends Place {
  readonly do: 'delete';
  readonly name: string;
  readonly sure: boolean;
  readonly covered: boolean;
}

/** The content of an object: `d[k] = v`, `o.a = v`, `del d[k]`. */
export interface Change extends Place {
  readonly do: 'change';
  readonly value: Value;
  /** What is assigned to, when it is a plain attribute chain: `os.environ`, `plt.rcParams`. */
  readonly dotted: string | null;
  readonly sure: boolean;
}

export interface Argument {
  /** Position, keyword, or `*` for what cannot be placed. */
  readonly key: number | string;
  readonly value: Value;
  /** `True`, `False`, `None` and numbers as written. */
  readonly literal: string | null;
}

export interface Call extends Place {
  readonly do: 'call';
  /** The callee when it is a plain attribute chain. */
  readonly callee: string | null;
  /** The last attribute of the callee, and what it is an attribute of. */
  readonly method: string | null;
  readonly receiver: Value;
  readonly args: readonly Argument[];
  /** Something takes its result. */
  readonly used: boolean;
  /** The cell shows its result. */
  readonly shown: boolean;
  /** In a function, where `locals()` is its own. */
  readonly local: boolean;
  readonly sure: boolean;
}

export type StateAct = 'set' | 'use' | 'draw';

export type Event =
  | Read
  | Bind
  | Delete
  | Change
  | Call
  /** All branches bound it: from here on it is sure. */
  | { readonly do: 'settle'; readonly name: string }
  /** A lambda that is not just given a name: it may be called at once. */
  | ({ readonly do: 'run'; readonly code: Code } & Place)
  | ({ readonly do: 'star'; readonly module: string } & Place)
  | ({ readonly do: 'look'; readonly openness: 'open' | 'opaque'; readonly reason: string } & Place)
  /** Names in a shell command that may be the shell's own variables. */
  | ({ readonly do: 'expand'; readonly names: readonly string[]; readonly reason: string } & Place)
  | ({ readonly do: 'state'; readonly name: string; readonly act: StateAct } & Place)
  | ({ readonly do: 'file'; readonly path: readonly TextPart[]; readonly act: 'read' | 'write' | 'change' } & Place)
  | ({ readonly do: 'shell'; readonly text: string } & Place)
  /** A write that no audit event announces. */
  | ({ readonly do: 'writer' } & Place)
  /** `from __future__ import annotations`: holds for all cells below. */
  | { readonly do: 'future' };

