// When every attempt of a run was issued, began, was held, executed and settled: what a timeline draws. Grows with the same events as the state.

import type { AttemptView, Event } from '@headwater/protocol';

/** Replays are left out: they only make again what an earlier attempt had made. */
export class Timeline {
  readonly #attempts = new Map<string, AttemptView>();
  readonly #tasks = new Map<string, string[]>();

  add(event: Event): void {
    if (event.type === 'task-issued') {
      if (event.replays === null) this.#issue(event);
      return;
    }
    if (event.type === 'task-missed') {
      this.#forget(event.id);
      return;
    }
    const part = partOf(event);
    const attempt = part === null || !('id' in event) ? undefined : this.#attempts.get(event.id);
    if (part !== null && attempt !== undefined) this.#attempts.set(attempt.id, { ...attempt, ...part, status: statusOf(attempt, part) });
  }

  attempt(id: string): AttemptView | null {
    return this.#attempts.get(id) ?? null;
  }

  /** Attempts of a task, `train[3]`, in the order they were issued. */
  of(task: string): AttemptView[] {
    return (this.#tasks.get(task) ?? []).flatMap((id) => this.#attempts.get(id) ?? []);
  }

  #issue({ id, task, attempt, t }: Event & { type: 'task-issued' }): void {
    this.#attempts.set(id, { id, number: attempt, status: 'running', issued: t, began: null, held: null, executed: null, settled: null, origin: null, sentence: null });
    const known = this.#tasks.get(task);
    if (known === undefined) this.#tasks.set(task, [id]);
    else known.push(id);
  }

  /** It will be issued once more. */
  #forget(id: string): void {
    if (this.#attempts.delete(id)) this.#tasks.get(id.slice(0, id.lastIndexOf('.')))?.pop();
  }
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
    case 'task-expired':
      return { executed: event.t, sentence: event.report.sentence };
    case 'task-committed':
      return { settled: event.t, status: 'done' };
    case 'task-caught':
      return { settled: event.t, status: 'caught' };
    case 'task-discarded':
      return { settled: event.t, status: 'discarded', sentence: event.sentence };
    case 'task-retried':
      return { settled: event.t, status: 'failed', sentence: describeRetry(event) };
    case 'task-failed':
      return { settled: event.t, status: 'failed' };
    case 'task-stopped':
      return { settled: event.t, status: 'stopped' };
    default:
      return null;
  }
}

function describeRetry({ failure, wait }: Event & { type: 'task-retried' }): string {
  const why = failure === null ? 'It failed' : `${failure.type}: ${failure.message.split('\n')[0] ?? ''}`;
  return `${why}; tried again${wait > 0 ? ` after ${Math.round(wait / 100) / 10} s` : ''}`;
}
