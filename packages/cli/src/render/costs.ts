// What a run cost beside Run All in one kernel: the cells' own time, one after the other, is what Run All would take.

import type { RunState, StepState, StepSum } from '@headwater/engine';
import { describeUsed, enoughMemory, isSetupName } from '@headwater/protocol';
import { formatDuration } from './numbers.ts';

/** Below this a step's own cost is nothing a person would join cells for, ms. */
const WORTH_A_HINT_MS = 100;

/** One line for a run that is done; none where its steps did not all run in it. */
export function compareWithRunAll(state: RunState, tookMs: number): string[] {
  const cells = state.steps.map((step) => (step.status === 'done' ? step.current?.report?.cost.runMs : undefined));
  if (state.status !== 'done' || cells.includes(undefined)) return [];
  const runAll = cells.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const more = tookMs - runAll;
  return [`Its cells alone took ${formatDuration(runAll)}: ${formatDuration(Math.abs(more))} ${more > 0 ? 'more' : 'less'} than Run All.`];
}

export function hintsOnMemory(sums: readonly StepSum[], asksOf: (step: string) => number | null): string[] {
  return sums.flatMap(({ name, peakBytes, status }) => {
    const asked = asksOf(name);
    const enough = status === 'done' ? enoughMemory(peakBytes, asked) : null;
    return enough === null ? [] : [`Step \`${name}\` used ${describeUsed(peakBytes, asked)}: \`${enough}\` is enough.`];
  });
}

/** Steps whose values cost more to load and keep than their cells compute. */
export function hintsOnCosts(steps: readonly StepState[]): string[] {
  return steps.flatMap(({ plan, current }) => {
    const cost = current?.report?.cost;
    if (cost === undefined || isSetupName(plan.name)) return [];
    const own = cost.loadMs + cost.saveMs;
    if (own < WORTH_A_HINT_MS || own < cost.runMs) return [];
    return [`Step \`${plan.name}\` computes for ${formatDuration(cost.runMs)} and takes ${formatDuration(own)} to load and keep its values: join it with its neighbour.`];
  });
}
