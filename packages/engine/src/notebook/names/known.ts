// What is known about the value of a name, at one point of the flow.

import type { Code } from '../facts/code.ts';
import type { Kind } from '../knowledge/makers.ts';

/** To a name as it was bound then: a tie to a name that was bound again since means nothing. */
export interface Tie {
  readonly name: string;
  readonly version: number;
}

export interface Known {
  /** Which of its bindings: by cell, and by count in the unit. The same after an edit elsewhere. */
  readonly version: number;
  /** Absolute name of the module or member it was imported as. */
  readonly dotted: string | null;
  readonly kind: Kind;
  /** What made it, as an absolute name or as written. */
  readonly maker: string | null;
  /** Functions and classes that it is, or that travel in it. */
  readonly codes: readonly Code[];
  /** Classes of the notebook that it, or something in it, is an instance of. */
  readonly instances: readonly Code[];
  readonly text: string | null;
  /** Nothing can change its content: constants, modules, functions. */
  readonly constant: boolean;
  /** Names of the same object. */
  readonly same: readonly Tie[];
  /** Names of objects that change when it changes. */
  readonly wholes: readonly Tie[];
  /** Names of objects it contains. */
  readonly parts: readonly Tie[];
}

export function sameKnown(a: Known | null, b: Known | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return PLAIN.every((key) => a[key] === b[key]) && LISTS.every((key) => sameList(a[key], b[key])) && TIES.every((key) => sameTies(a[key], b[key]));
}

const PLAIN = ['version', 'dotted', 'kind', 'maker', 'text', 'constant'] as const;
const LISTS = ['codes', 'instances'] as const;
const TIES = ['same', 'wholes', 'parts'] as const;

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}

function sameTies(a: readonly Tie[], b: readonly Tie[]): boolean {
  return a.length === b.length && a.every((tie, at) => tie.name === b[at]?.name && tie.version === b[at].version);
}

export const UNKNOWN: Known = { version: 0, dotted: null, kind: 'plain', maker: null, codes: [], instances: [], text: null, constant: false, same: [], wholes: [], parts: [] };
