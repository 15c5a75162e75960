// A row's result: what is printed and what is kept.

import type { Quiet } from '../measure/quiet.ts';
import { summarise, type Summary } from '../measure/statistics.ts';
import type { Samples } from '../measure/take-turns.ts';
import type { Contest, Goal, Look, Role, Row } from '../row.ts';
import { splitUnit } from './format.ts';

export interface FigureResult extends Summary {
  readonly subject: string;
  readonly role: Role;
  readonly figure: string;
  readonly unit: string;
}

export interface GoalResult {
  readonly text: string;
  readonly kind: Goal['kind'];
  readonly unit: string;
  /** By medians; null when something it needs was not measured. */
  readonly value: number | null;
  /** The same by minima: what it would be if nothing else ran. */
  readonly byMinima: number | null;
  /** Null when it was not measured or has no bound. */
  readonly met: boolean | null;
}

export interface RowResult {
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  readonly at: string;
  readonly machine: Quiet;
  readonly figures: readonly FigureResult[];
  readonly goals: readonly GoalResult[];
  readonly notes: readonly string[];
  readonly failures: readonly string[];
}

export interface Measured {
  readonly row: Row;
  readonly rounds: number;
  readonly machine: Quiet;
  readonly contest: Contest;
  readonly samples: readonly Samples[];
  readonly notes: readonly string[];
}

export function makeResult({ row, rounds, machine, contest, samples, notes }: Measured): RowResult {
  const figures = samples.flatMap(({ subject, figures: all }) => [...all].map(([name, values]): FigureResult => {
    const { label, unit } = splitUnit(name);
    return { subject: subject.name, role: subject.role, figure: label, unit, ...summarise(values) };
  }));
  const failures = samples.flatMap(({ subject, failure }) => (failure === null ? [] : [`${subject.name} failed: ${failure}`]));
  const look = (statistic: 'median' | 'min'): Look => (subject, figure) =>
    figures.find((each) => each.subject === subject && each.figure === figure)?.[statistic] ?? null;
  const goals = contest.goals.map((goal) => judge(goal, look('median'), look('min')));
  return { name: row.name, title: row.title, rounds, at: new Date().toISOString(), machine, figures, goals, notes, failures };
}

function judge(goal: Goal, medians: Look, minima: Look): GoalResult {
  const value = goal.value(medians);
  return { text: goal.text, kind: goal.kind, unit: goal.unit, value, byMinima: goal.value(minima), met: value === null ? null : isMet(goal, value) };
}

function isMet({ kind, bound }: Goal, value: number): boolean | null {
  switch (kind) {
    case 'at most':
      return value <= bound;
    case 'at least':
      return value >= bound;
    case 'told':
      return null;
  }
}
