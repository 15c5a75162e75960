// Steps for the end of a run (`on-success`, `on-failure`): when the verdict is certain they run, one after the other, on what is committed then.
// Nothing they do changes the verdict or the run's namespace.

import type { EventBody } from '@headwater/protocol';
import { positionOf } from './frames.ts';
import { issueOnly } from './issue.ts';
import { settleStep } from './settle.ts';
import type { RunState, StepState } from './state.ts';

type Verdict = 'done' | 'failed' | 'stopped';

/** What is left to do before the run may end. */
export function closeRun(state: RunState, verdict: Verdict): EventBody | null {
  // Whoever stops a run wants it to end now.
  if (state.stopping) {
    const [running] = state.active;
    return running === undefined ? { type: 'run-ended', status: verdict } : { type: 'task-stopped', id: running[0] };
  }
  const position = state.steps.findIndex((step, at) => at >= state.closing && !isOver(step));
  const step = state.steps[position];
  if (step === undefined) return { type: 'run-ended', status: verdict };
  if (!suits(step, verdict)) return { type: 'task-skipped', id: step.plan.name, because: verdict === 'done' ? 'the run did not fail' : 'the run failed' };
  const turn = { ...state, settled: position, failed: null };
  return settleStep(state, turn, step) ?? issueOnly(state, turn);
}

const isOver = ({ status }: StepState) => ['done', 'caught', 'failed', 'skipped', 'stopped'].includes(status);

function suits({ plan: { closes } }: StepState, verdict: Verdict): boolean {
  return closes === 'always' || closes === (verdict === 'done' ? 'success' : 'failure');
}

/** The attempt is one of theirs, or makes something again for one. */
export function isClosing(state: RunState, id: string): boolean {
  return positionOf(state, id) >= state.closing || (state.failed !== null && state.replay?.current === id);
}
