// What happens next: one event at a time, or null when there is only waiting left. Pure.

import type { EventBody } from '@headwater/protocol';
import { closeRun, isClosing } from './closing.ts';
import { contradict } from './contradict.ts';
import { frameAt } from './frames.ts';
import { issueNext } from './issue.ts';
import { settleNext } from './settle.ts';
import type { RunState } from './state.ts';

export function decide(state: RunState): EventBody | null {
  if (state.status !== 'running' || state.steps.length === 0) return null;
  const frame = frameAt(state, state.touched);
  const local = frame === null ? null : contradict(state, frame) ?? settleNext(state, frame);
  return local ?? stopOrEnd(state) ?? issueNext(state);
}

const isDone = (state: RunState) => state.settled >= state.closing && state.failed === null;

function stopOrEnd(state: RunState): EventBody | null {
  if (isDone(state)) return closeRun(state, 'done');
  const giveUp = state.stopping || (state.failFast && state.failures.length > 0);
  if (!giveUp && state.failed === null) return null;
  // After a failure what already runs may finish; what waits at an effect outside never will.
  const running = [...state.active].filter(([id]) => !isClosing(state, id));
  const victim = running.find(([, { held }]) => giveUp || held);
  if (victim !== undefined) return { type: 'task-stopped', id: victim[0] };
  if (running.length > 0) return null;
  return closeRun(state, state.failures.length === 0 && state.failed === null ? 'stopped' : 'failed');
}
