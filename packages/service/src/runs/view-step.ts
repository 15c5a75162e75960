// A step as the sum of its tasks: how each stands, when the first began and the last ended, what they took. Pure.

import { MOST_ATTEMPTS, type StepStatus, type StepView, type TaskRow } from '@headwater/protocol';
import { sumStep, type RunState, type StepState } from '@headwater/engine';
import { rowsOfStep, statusOf } from '../tasks/task-rows.ts';
import type { Folded } from './read-run.ts';

/** Parts of the time in which tasks that ran at once are counted. */
const PARTS = 60;

export function viewStep(folded: Folded, position: number, over: boolean): StepView {
  const { state, timeline } = folded;
  const step = state.steps[position];
  if (step === undefined) throw new Error(`there is no step at ${position}`);
  const sum = sumStep(state, step, position);
  const rows = [...rowsOfStep(folded, position, over)];
  const span = spanOf(rows);
  const isBranch = state.chains[position]?.length !== 0;
  return {
    ...describePlan(state, step, position),
    status: statusOfStep(sum.status, rows, over),
    tasks: sum.tasks,
    counts: countOf(rows),
    ...span,
    ...costOf(rows),
    overheadMs: overheadOf(step, sum.tasks),
    warnings: [...new Set(step.current?.report?.warnings ?? [])],
    note: sum.note,
    attempts: isBranch ? [] : rows.flatMap(({ task }) => timeline.of(task)).slice(-MOST_ATTEMPTS),
    activity: isBranch && span.began !== null ? activityOf(rows, span.began, span.ended ?? lastOf(rows)) : null,
  };
}

function describePlan({ chains, steps }: RunState, { plan }: StepState, position: number): Pick<StepView, 'name' | 'kind' | 'cells' | 'openness' | 'control' | 'closes' | 'inside' | 'memoryBytes'> {
  const { name, kind, openness, control, closes, asks } = plan;
  return { name, kind, cells: plan.cells.map((cell) => cell.index), openness, control, closes, inside: (chains[position] ?? []).flatMap((at) => steps[at]?.plan.name ?? []), memoryBytes: asks.memoryBytes };
}

/** The engine's word for the sum; of a run that is over, what its tasks came to. */
function statusOfStep(status: StepView['status'], rows: readonly TaskRow[], over: boolean): StepStatus {
  if (status === 'not reached') return over ? status : 'waiting';
  return statusOf({ status, attempt: rows.find(({ attempt }) => attempt !== null)?.attempt ?? null }, over);
}

function countOf(rows: readonly TaskRow[]): StepView['counts'] {
  const counts: Partial<Record<StepStatus, number>> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** `ended` is null while any of them runs. */
function spanOf(rows: readonly TaskRow[]): Pick<StepView, 'began' | 'ended'> {
  let [began, ended] = [Infinity, -Infinity];
  let isOver = true;
  for (const row of rows) {
    const begin = row.began ?? row.issued;
    if (begin === null) continue;
    began = Math.min(began, begin);
    ended = Math.max(ended, row.executed ?? -Infinity);
    isOver &&= row.executed !== null;
  }
  return { began: began === Infinity ? null : began, ended: isOver && ended > -Infinity ? ended : null };
}

function costOf(rows: readonly TaskRow[]): Pick<StepView, 'ms' | 'peakBytes' | 'tries'> {
  const peakBytes = rows.reduce((most, each) => Math.max(most, each.peakBytes ?? 0), 0);
  return {
    ms: rows.some(({ executed }) => executed !== null) ? rows.reduce((total, each) => total + (each.ms ?? 0), 0) : null,
    peakBytes: peakBytes > 0 ? peakBytes : null,
    tries: rows.reduce((total, { attempts }) => total + attempts, 0),
  };
}

const lastOf = (rows: readonly TaskRow[]) => rows.reduce((last, row) => Math.max(last, row.executed ?? row.began ?? 0), 0);

function overheadOf({ current }: StepState, tasks: number): number | null {
  const cost = tasks === 1 ? current?.report?.cost : undefined;
  return cost === undefined ? null : cost.loadMs + cost.saveMs;
}

function activityOf(rows: readonly TaskRow[], began: number, ended: number): number[] {
  const parts = Array.from({ length: PARTS }, () => 0);
  const part = (time: number) => Math.min(PARTS - 1, Math.max(0, Math.floor((PARTS * (time - began)) / Math.max(1, ended - began))));
  for (const row of rows) {
    if (row.began === null) continue;
    for (let at = part(row.began); at <= part(row.executed ?? ended); at += 1) parts[at] = (parts[at] ?? 0) + 1;
  }
  return parts;
}
