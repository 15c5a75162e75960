// Commit in order: what becomes of the first step of a frame that is not settled.

import type { EventBody, Executed } from '@headwater/protocol';
import { findApart } from './apart.ts';
import { findChangedModule } from './modules.ts';
import { checkConditions, findUntilTrouble } from './conditions.ts';
import { discardFor, findChanger } from './contradict.ts';
import { describeFailure } from './evolve.ts';
import { opensIn, taskIn } from './frames.ts';
import { retryOrGiveUp } from './retry.ts';
import type { Attempt, Frame, RunState, StepState } from './state.ts';
import { movedGroups, movedSince, skippedFinals, staleReads } from './world.ts';

export function settleNext(state: RunState, frame: Frame): EventBody | null {
  if (frame.failed !== null) return frame.path.length === 0 ? null : stopHeld(state, frame);
  const step = frame.steps[frame.settled - frame.first];
  return step === undefined || step.fan !== null || step.plan.closes !== null ? null : settleStep(state, frame, step);
}

/** The step whose turn it is in the frame. */
export function settleStep(state: RunState, frame: Frame, step: StepState): EventBody | null {
  return step.current === null ? decideConditions(state, frame, step) : settleAttempt(state, frame, step.current);
}

/** In a branch that failed, what waits at an effect outside never gets its turn. */
function stopHeld(state: RunState, frame: Frame): EventBody | null {
  const held = frame.steps.find(({ current }) => current !== null && state.active.get(current.id)?.held === true);
  return held?.current == null ? null : { type: 'task-stopped', id: held.current.id };
}

function decideConditions(state: RunState, frame: Frame, step: StepState): EventBody | null {
  // Its first branch was asked already, as the foreach; a loop is asked once.
  const asked = step.plan.control.when.length === 0 || step.iteration > 0 || (state.regions.has(frame.settled) && !opensIn(state, frame, frame.settled));
  if (asked || state.stopping) return null;
  const result = checkConditions(frame, step);
  if (result === null) return null;
  const id = taskIn(state, frame, frame.settled);
  return typeof result === 'string' ? { type: 'task-skipped', id, because: result } : { type: 'task-failed', id, failure: result };
}

function settleAttempt(state: RunState, frame: Frame, attempt: Attempt): EventBody | null {
  switch (attempt.phase) {
    case 'issued':
    case 'began':
      return null;
    case 'held':
      return state.stopping ? null : validate(frame, attempt) ?? validateGroups(frame, attempt) ?? { type: 'task-released', id: attempt.id };
    case 'died':
      return validate(frame, attempt) ?? retryOrGiveUp(state, frame, attempt, describeFailure(attempt));
    case 'executed':
      return settleExecuted(state, frame, attempt);
  }
}

function settleExecuted(state: RunState, frame: Frame, attempt: Attempt): EventBody | null {
  const report = attempt.report;
  if (report === null) return null;
  const wrong = validate(frame, attempt) ?? failWrongFiles(state, frame, attempt);
  if (wrong !== null) return wrong;
  switch (report.outcome) {
    case 'done':
      return attempt.caught !== null ? { type: 'task-caught', id: attempt.id } : runFinalizers(frame, report) ?? settleLoop(frame, attempt) ?? { type: 'task-committed', id: attempt.id };
    case 'failed':
      return retryOrGiveUp(state, frame, attempt, report.failure);
    case 'again':
      return { type: 'task-discarded', id: attempt.id, because: [], by: null, everything: true, sentence: 'it raised while some names were not loaded: it runs again with all of them' };
    case 'elsewhere':
      return { type: 'task-discarded', id: attempt.id, because: report.wants, by: null, everything: false, sentence: `${report.wants.join(', ')} can only be read in the process that made it` };
  }
}

function failWrongFiles(state: RunState, frame: Frame, attempt: Attempt): EventBody | null {
  const step = frame.steps[frame.settled - frame.first];
  if (step === undefined || attempt.report === null) return null;
  const failure = findApart(state.written, step, attempt) ?? findChangedModule(state.modules, step.plan.name, attempt.report);
  return failure === null ? null : { type: 'task-failed', id: attempt.id, failure };
}

/** A name bound again without having been loaded: its finalizer has to run where Run All would run it. */
function runFinalizers({ finals }: Frame, { id, delta }: Executed): EventBody | null {
  const names = skippedFinals(finals, delta);
  if (names.length === 0) return null;
  return { type: 'task-discarded', id, because: names, by: null, everything: true, sentence: `it runs again with ${names.join(', ')}, whose \`__del__\` it calls` };
}

/** Without an answer to its `until` a loop cannot go on. */
function settleLoop(frame: Frame, { id, report }: Attempt): EventBody | null {
  const step = frame.steps[frame.settled - frame.first];
  const until = step?.plan.control.until ?? null;
  if (step === undefined || until === null || report === null) return null;
  const { delta } = report;
  const isBound = until.name in delta.binds || until.name in delta.tombstones || (until.name in frame.world.names && !delta.unbinds.includes(until.name));
  const failure = findUntilTrouble(step, isBound);
  return failure === null ? null : { type: 'task-failed', id, failure };
}

function validate(frame: Frame, attempt: Attempt): EventBody | null {
  const stale = staleReads(frame.world, attempt.reads, attempt.readUnits);
  const moved = movedGroups(frame.world, attempt.report?.delta.based ?? {});
  return discardStale(frame, attempt, [...new Set([...stale, ...moved])]);
}

/** An effect outside happens once: what could fail the commit after it must fail the attempt before. */
function validateGroups(frame: Frame, attempt: Attempt): EventBody | null {
  const reads = [...Object.keys(attempt.reads), ...Object.keys(attempt.readUnits)];
  return discardStale(frame, attempt, movedSince(attempt.world, frame.world, reads));
}

function discardStale(frame: Frame, attempt: Attempt, wrong: readonly string[]): EventBody | null {
  return wrong.length === 0 ? null : discardFor(attempt.id, wrong, findChanger(frame, wrong));
}
