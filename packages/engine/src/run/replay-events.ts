// Making unstorable values again, as events change it.

import { readAttempt, setStep } from './frames.ts';
import type { EventOf, Frame, RunState } from './state.ts';

export function issueReplay(state: RunState, frame: Frame, event: EventOf<'task-issued'>): Frame {
  const replay = frame.replay ?? { attempts: [], step: frame.settled, done: 0, process: null, current: null, failure: null };
  const attempts = replay.attempts.length > replay.done ? replay.attempts : [...replay.attempts, event.replays ?? event.id];
  const issued = { ...frame, copies: frame.copies + 1, replay: { ...replay, attempts, process: replay.process ?? event.id, current: event.id } };
  // The run's own steps count their attempts; branches name copies after who needs them.
  const maker = frame.path.length === 0 ? state.positions.get(readAttempt(event.id).step) : undefined;
  return maker === undefined ? issued : setStep(issued, maker, { next: event.attempt + 1 });
}

export function finishReplay(frame: Frame, event: EventOf<'task-executed'>): Frame {
  const { replay } = frame;
  if (replay?.process == null) return frame;
  if (event.report.outcome !== 'done') return breakReplay(frame, event.report.failure?.message ?? `${event.id} could not be made again`);
  return { ...frame, replay: { ...replay, done: replay.done + 1, current: null } };
}

export function breakReplay(frame: Frame, message: string): Frame {
  if (frame.replay === null) return frame;
  return { ...frame, replay: { ...frame.replay, current: null, failure: { type: 'NotStored', message, traceback: '', cell: null, line: null } } };
}
