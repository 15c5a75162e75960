// Steps for the end of a run, as they come to theirs.

import type { RunState, StepState } from '@headwater/engine';

/** Those that the event ended. One that did not fit the run's end has nothing to say. */
export function closedNow(before: RunState, state: RunState): StepState[] {
  return state.steps.filter(({ status }, at) => at >= state.closing && OVER.has(status) && before.steps[at]?.status !== status);
}

const OVER: ReadonlySet<string> = new Set(['done', 'caught', 'failed', 'stopped']);

/** The attempt whose output is shown as it comes: of the step whose turn it is. */
export function attemptInTurn(state: RunState): string | null {
  const step = state.failed === null && state.settled < state.closing ? state.steps[state.settled] : state.steps.find(({ status }, at) => at >= state.closing && status === 'running');
  return step?.current?.id ?? null;
}
