// Whether a step runs, and whether it runs again.

import type { Condition, Control, Failure } from '@headwater/protocol';
import type { Frame, StepState } from './state.ts';

/** The first condition that does not hold, as a clause; null when all do; a failure where one cannot be told. */
export function checkConditions(frame: Frame, step: StepState): string | Failure | null {
  for (const condition of step.plan.control.when) {
    const result = check(frame, condition);
    if (result === true) continue;
    return result === false ? describe(condition) : cannotTell(step, condition, result);
  }
  return null;
}

function check(frame: Frame, { name, negated, value }: Condition): boolean | string {
  const facts = frame.values[name];
  if (facts === undefined || !isBound(frame, name)) return `no step above binds \`${name}\``;
  if (value !== null) return facts.text === null ? `\`str(${name})\` raised` : facts.text === value;
  return facts.truth === null ? `\`bool(${name})\` raised` : facts.truth !== negated;
}

const isBound = (frame: Frame, name: string) => name in frame.world.names || name in frame.world.tombstones;

function describe({ name, negated, value }: Condition): string {
  if (value !== null) return `\`${name}\` is not ${value}`;
  return negated ? `\`${name}\` is true` : `\`${name}\` is not true`;
}

function cannotTell({ plan }: StepState, { name }: Condition, why: string): Failure {
  return engineFailure('ConditionError', `Whether ${plan.name} runs depends on \`${name}\`, but ${why}.`);
}

export function engineFailure(type: string, message: string): Failure {
  return { type, message, traceback: '', cell: null, line: null };
}

// ---------------------------------------------------------------- until

export function isTrue(frame: Frame, name: string): boolean {
  return isBound(frame, name) && frame.values[name]?.truth === true;
}

export const isLastIteration = ({ max }: NonNullable<Control['until']>, iteration: number) => iteration + 1 >= max;

/** Why it cannot be said whether to go on, or null. `bound`: names bound after the iteration. */
export function findUntilTrouble({ plan, current }: StepState, isBoundAfter: boolean): Failure | null {
  const { until } = plan.control;
  if (until === null || current?.report == null || current.report.caught) return null;
  if (!isBoundAfter) return engineFailure('UntilError', `${plan.name} repeats until \`${until.name}\` is true, but does not bind \`${until.name}\`.`);
  if (current.report.values[until.name]?.truth === null) return engineFailure('UntilError', `${plan.name} repeats until \`${until.name}\` is true, but \`bool(${until.name})\` raised.`);
  return null;
}

/** A loop that its `max` ended says so. */
export function noteOfEnd(frame: Frame, { plan: { control: { until } }, iteration }: StepState): string | null {
  if (until === null || isTrue(frame, until.name) || !isLastIteration(until, iteration)) return null;
  return `ended after ${until.max} iterations, \`${until.name}\` is still not true`;
}
