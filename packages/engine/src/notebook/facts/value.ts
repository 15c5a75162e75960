// What an expression may be, as far as text tells: which names share the object, what code travels in it, which path it spells.

import type { Code } from './code.ts';

/** A global name, or `@p`: the parameter p of the function it stands in. No identifier starts with `@`. */
export type Ref = string;

export type TextPart = { readonly literal: string } | { readonly ref: Ref };

export interface Value {
  /** It may be the very object these are bound to. */
  readonly same: readonly Ref[];
  /** It may be an element, attribute or view of these. */
  readonly part: readonly Ref[];
  /** It contains these: when their content changes, so does its own. */
  readonly holds: readonly Ref[];
  /** Functions and classes written in the expression. */
  readonly code: readonly Code[];
  /** Names whose functions may travel in it. */
  readonly carries: readonly Ref[];
  /** A string or path that can be known when the names in it are. */
  readonly text: readonly TextPart[] | null;
  /** The result of calling this dotted name. */
  readonly call: string | null;
  /** A dotted name itself: `np.random.seed`. */
  readonly dotted: string | null;
  /** Using it up changes it: a generator expression. */
  readonly stream: boolean;
  /** A number, text or truth value: nothing can change it. */
  readonly constant: boolean;
}

const NONE: readonly never[] = [];

export const NOTHING: Value = { same: NONE, part: NONE, holds: NONE, code: NONE, carries: NONE, text: null, call: null, dotted: null, stream: false, constant: false };

export function makeValue(parts: Partial<Value>): Value {
  return { ...NOTHING, ...parts };
}

/** One of several: `a if c else b`. Text and callee are lost, they would be a guess. */
export function joinValues(values: readonly Value[]): Value {
  const [only, ...rest] = values;
  if (only === undefined) return NOTHING;
  if (rest.length === 0) return only;
  return makeValue({
    same: collect(values, (value) => value.same),
    part: collect(values, (value) => value.part),
    holds: collect(values, (value) => value.holds),
    code: collect(values, (value) => value.code),
    carries: collect(values, (value) => value.carries),
    stream: values.some((value) => value.stream),
  });
}

/** A display that contains them: `[a, b]`. */
export function holdValues(values: readonly Value[]): Value {
  return makeValue({
    holds: collect(values, (value) => [...value.same, ...value.part, ...value.holds]),
    code: collect(values, (value) => value.code),
    carries: collect(values, (value) => [...value.same, ...value.carries]),
  });
}

/** An element or attribute of it. */
export function partOf(value: Value): Value {
  const part = [...value.same, ...value.part, ...value.holds];
  return part.length === 0 ? NOTHING : makeValue({ part, carries: value.same });
}

function collect<T>(values: readonly Value[], pick: (value: Value) => readonly T[]): readonly T[] {
  const found = values.flatMap(pick);
  return found.length < 2 ? found : [...new Set(found)];
}
