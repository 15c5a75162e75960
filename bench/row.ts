// What a row of the benchmark is. Adding one: a file in `rows/` that exports a Row, and a line in `rows.ts`.

import type { Bench } from './bench.ts';

export interface Row {
  /** As `npm run bench -- NAME` and the results know it. */
  readonly name: string;
  /** What is measured, in one line. */
  readonly title: string;
  /** Rounds when nobody asks for another number: at least ten, fewer where a round takes more than three seconds. */
  readonly rounds: number;
  /** Makes notebooks and folders, and says who takes turns. Nothing here is timed. */
  readonly prepare: (bench: Bench) => Promise<Contest>;
}

export interface Contest {
  /** They take turns in this order: all once in every round, so that whatever else the machine does hits all alike. */
  readonly subjects: readonly Subject[];
  readonly goals: readonly Goal[];
}

export type Role = 'ours' | 'peer' | 'limit';

export interface Subject {
  readonly name: string;
  readonly role: Role;
  /** One measurement: figure → value. Milliseconds unless the figure's name ends in a unit in brackets, such as `memory (MB)`. */
  readonly measure: () => Promise<Figures>;
  /** Most rounds it takes part in, for a slow peer; default all. */
  readonly rounds?: number;
}

export type Figures = Readonly<Record<string, number>>;

/** The statistic of a subject's figure that a goal is judged by, or null when it was not measured. */
export type Look = (subject: string, figure: string) => number | null;

export interface Goal {
  /** As in the issue: `≤ 10 ms a step`. */
  readonly text: string;
  /** `told` has no bound: a ratio that a reader wants to know. */
  readonly kind: 'at most' | 'at least' | 'told';
  readonly bound: number;
  /** What is held against the bound; null when something it needs was not measured. */
  readonly value: (look: Look) => number | null;
  /** Printed behind the value: `ms`, `x`. */
  readonly unit: string;
}

type Of = readonly [subject: string, figure: string];

/** `a` must be at most `bound` times `b`. */
export function atMostTimes(text: string, bound: number, a: Of, b: Of): Goal {
  return { text, kind: 'at most', bound, unit: 'x', value: (look) => divide(look(...a), look(...b)) };
}

/** `a` must be at least `bound` times `b`. */
export function atLeastTimes(text: string, bound: number, a: Of, b: Of): Goal {
  return { text, kind: 'at least', bound, unit: 'x', value: (look) => divide(look(...a), look(...b)) };
}

/** How many times `b` it is, without a bound. */
export function tellTimes(text: string, a: Of, b: Of): Goal {
  return { text, kind: 'told', bound: NaN, unit: 'x', value: (look) => divide(look(...a), look(...b)) };
}

/** The figure itself must be at most `bound`. */
export function atMost(text: string, bound: number, of: Of, unit = 'ms'): Goal {
  return { text, kind: 'at most', bound, unit, value: (look) => look(...of) };
}

function divide(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}
