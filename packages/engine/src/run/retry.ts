// A task that failed for sure: tried again, caught, or the end of its frame.

import type { EventBody, Failure, RetryCause } from '@headwater/protocol';
import { settledTo } from './frames.ts';
import type { Attempt, Frame, RunState, StepState } from './state.ts';

export function retryOrGiveUp(state: RunState, frame: Frame, attempt: Attempt, failure: Failure | null): EventBody {
  const step = frame.steps[frame.settled - frame.first];
  const { id, report } = attempt;
  if (step === undefined || state.stopping) return { type: 'task-failed', id, failure: null };
  const control = step.plan.control;
  if (attempt.caught === null && isRetried(step, causeOf(attempt))) return { type: 'task-retried', id, failure, wait: control.retryWaitMs };
  if (report?.caught === true) return { type: 'task-caught', id };
  // What it left is bound by a process of its own: the one that should have is gone, or failed around its cells.
  if (control.catches !== null && attempt.caught === null && failure !== null) return issueCatch(step, attempt, failure);
  return giveUp(state, frame, attempt, failure);
}

function giveUp(state: RunState, frame: Frame, { id, caught }: Attempt, failure: Failure | null): EventBody {
  return { type: 'task-failed', id, failure: caught ?? explainSkipped(state, frame, failure) };
}

/** A name is missing for want of a step that was skipped: said with the error. Else null, and the error is what the cells raised. */
function explainSkipped(state: RunState, frame: Frame, failure: Failure | null): Failure | null {
  const [, name] = failure?.type === 'NameError' ? /^name '(.+?)' is not defined/.exec(failure.message) ?? [] : [];
  if (failure === null || name === undefined) return null;
  const binders = settledTo(state, frame).filter(({ plan }) => plan.binds.includes(name));
  const skipped = binders.at(-1);
  if (skipped === undefined || binders.some(({ status }) => status !== 'skipped')) return null;
  return { ...failure, message: `name '${name}' is not defined: only ${skipped.plan.name} binds it, which was skipped, since ${skipped.note ?? 'its condition does not hold'}` };
}

function issueCatch(step: StepState, { id }: Attempt, failure: Failure): EventBody {
  const task = id.slice(0, id.lastIndexOf('.'));
  return {
    type: 'task-issued', id: `${task}.${step.next}`, step: step.plan.name, task, attempt: step.next, turn: true, everything: false, inside: null, replays: null, caught: failure, sought: false,
  };
}

/** Exceptions that say there was too little memory (worker/branch.py). */
const SHORTAGES = new Set(['MemoryError', '_ArrayMemoryError', 'OutOfMemoryError']);

/** It failed for lack of memory. */
export function isShortage({ death, report }: Attempt): boolean {
  return death?.cause === 'memory' || SHORTAGES.has(report?.failure?.type ?? '');
}

function causeOf(attempt: Attempt): RetryCause {
  if (isShortage(attempt)) return 'oom';
  return attempt.death?.cause === 'start' ? 'infra' : 'any';
}

/** Whether a failure of this cause is tried again. */
export function isRetried({ plan: { control }, tries }: StepState, cause: RetryCause): boolean {
  return control.retries.some((retry) => (retry.cause === 'any' || retry.cause === cause) && tries < retry.times);
}
