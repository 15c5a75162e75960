// When every attempt of a run was issued, began, was held, executed and settled: what a timeline draws. A fold over the same events as the state.

import type { AttemptView, Event } from '@headwater/protocol';

export type Timeline = ReadonlyMap<string, readonly AttemptView[]>;

/** Attempts by step, replays left out: they only make again what an earlier one had made. */
export function foldTimeline(timeline: Timeline, event: Event): Timeline {
  if (event.type === 'task-issued') {
    if (event.replays !== null) return timeline;
    const attempt: AttemptView = {
      id: event.id, number: event.attempt, status: 'running', issued: event.t, began: null, held: null, executed: null, settled: null, origin: null, sentence: null,
    };
    return new Map(timeline).set(event.step, [...timeline.get(event.step) ?? [], attempt]);
  }
  const part = partOf(event);
  if (part === null || !('id' in event)) return timeline;
  return change(timeline, event.id, part);
}

function change(timeline: Timeline, id: string, part: Partial<AttemptView>): Timeline {
  for (const [step, attempts] of timeline) {
    const at = attempts.findIndex((attempt) => attempt.id === id);
    const attempt = attempts[at];
    if (attempt !== undefined) return new Map(timeline).set(step, attempts.with(at, { ...attempt, ...part, status: statusOf(attempt, part) }));
  }
  return timeline;
}

function statusOf(attempt: AttemptView, part: Partial<AttemptView>): AttemptView['status'] {
  if (part.status === 'done' && attempt.origin !== null) return 'reused';
  return part.status ?? attempt.status;
}

function partOf(event: Event): Partial<AttemptView> | null {
  switch (event.type) {
    case 'task-began':
      return { began: event.t };
    case 'task-held':
      return { began: event.t, held: { at: event.t, effect: event.effect } };
    case 'task-executed':
      return { executed: event.t, status: 'executed', origin: event.report.origin };
    case 'task-died':
      return { executed: event.t, sentence: event.report.sentence };
    case 'task-committed':
      return { settled: event.t, status: 'done' };
    case 'task-discarded':
      return { settled: event.t, status: 'discarded', sentence: event.sentence };
    case 'task-failed':
      return { settled: event.t, status: 'failed' };
    case 'task-stopped':
      return { settled: event.t, status: 'stopped' };
    default:
      return null;
  }
}
