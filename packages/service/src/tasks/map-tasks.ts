// The tasks of a step as squares: one each, or above 400 a square for a range, the worst state winning. Pure.

import { MOST_SQUARES, type StepStatus, type TaskMap, type TaskRow } from '@headwater/protocol';

type Mapped = Pick<TaskRow, 'task' | 'status' | 'items'>;

/** The worst first. */
const ORDER: readonly StepStatus[] = ['failed', 'running', 'stopped', 'executed', 'waiting', 'not reached', 'discarded', 'caught', 'done', 'reused', 'skipped'];
const rank = (status: StepStatus) => ORDER.indexOf(status);

/** `expected` tasks there will be; those still to come are squares without a name. */
export function mapTasks(rows: Iterable<TaskRow>, { expected, over }: { expected: number; over: boolean }): TaskMap {
  const known: Mapped[] = [...rows];
  const all = [...known, ...Array.from({ length: Math.max(0, expected - known.length) }, (): Mapped => ({ task: '', status: over ? 'not reached' : 'waiting', items: [] }))];
  const per = Math.max(1, Math.ceil(all.length / MOST_SQUARES));
  const squares: TaskMap['squares'][number][] = [];
  for (let at = 0; at < all.length; at += per) squares.push(toSquare(all.slice(at, at + per)));
  return { total: all.length, squares };
}

function toSquare(rows: readonly Mapped[]): TaskMap['squares'][number] {
  const status = rows.reduce<StepStatus>((worst, each) => (rank(each.status) < rank(worst) ? each.status : worst), 'skipped');
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    task: first?.task ?? '',
    last: rows.length > 1 && last !== undefined && last.task !== '' ? last.task : null,
    tasks: rows.length,
    status,
    failed: rows.filter((each) => each.status === 'failed').length,
    label: (first?.items ?? []).map(([name, label]) => `${name}=${label}`).join(', '),
  };
}
