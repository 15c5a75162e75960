// The tasks of a run as rows: the fold says how each stands, the timeline when it ran. Pure.

import type { AttemptView, Failure, StepStatus, TaskRow } from '@headwater/protocol';
import { tasksOf, type Task } from '@headwater/engine';
import type { Folded } from '../runs/read-run.ts';

const LONGEST = 200;
const LABEL = 60;

/** In the order of the lists; `over`: the run has ended. */
export function* rowsOfStep(folded: Folded, position: number, over: boolean): Generator<TaskRow> {
  for (const task of tasksOf(folded.state, position)) yield toTaskRow(folded, task, over);
}

export function toTaskRow({ state, timeline }: Folded, task: Task, over: boolean): TaskRow {
  const attempt = task.attempt === null ? null : timeline.attempt(task.attempt);
  const tried = timeline.of(task.task);
  return {
    task: task.task,
    step: task.step,
    items: task.items.map(([name, label]) => [name, cut(label, LABEL)] as const),
    iteration: task.iteration,
    status: statusOf(task, over),
    attempt: task.attempt,
    attempts: Math.max(task.attempts, tried.length),
    ...timesOf(attempt),
    ms: msOf(task, attempt),
    peakBytes: task.peakBytes > 0 ? task.peakBytes : null,
    happened: happenedTo(task, failureOf(state, task), tried.findLast((each) => each.sentence !== null)?.sentence ?? null),
  };
}

function timesOf(attempt: AttemptView | null): Pick<TaskRow, 'issued' | 'began' | 'executed'> {
  return attempt === null ? { issued: null, began: null, executed: null } : { issued: attempt.issued, began: attempt.began, executed: attempt.executed };
}

/** What is put away knows no cost of earlier rounds: the clock of the run says how long they took. */
function msOf({ ms }: Task, attempt: AttemptView | null): number | null {
  if (ms > 0) return ms;
  return attempt?.began == null || attempt.executed === null ? null : attempt.executed - attempt.began;
}

/** When a run is over, what waits was never reached, and what ran was stopped with it. */
export function statusOf({ status, attempt }: Pick<Task, 'status' | 'attempt'>, over: boolean): StepStatus {
  if (!over || !['waiting', 'running', 'executed'].includes(status)) return status;
  return attempt !== null && status !== 'waiting' ? 'stopped' : 'not reached';
}

function failureOf(state: Folded['state'], { task, status }: Task): Failure | null {
  return status === 'failed' ? state.failures.find(({ step }) => step === task)?.failure ?? null : null;
}

function happenedTo({ warnings }: Task, failure: Failure | null, sentence: string | null): string | null {
  const text = failure === null ? warnings[0] ?? sentence : `${failure.type}: ${failure.message.split('\n')[0] ?? ''}`;
  return text === null ? null : cut(text, LONGEST);
}

const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
