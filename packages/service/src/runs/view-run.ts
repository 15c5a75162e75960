// A run as the run page shows it. Pure.

import {
  parseAttemptKey, type AttemptView, type EdgeView, type Executed, type FailureView, type Flow, type PlannedStep, type RunRecord, type RunView, type StepView, type Summary,
} from '@headwater/protocol';
import type { StepState } from '@headwater/engine';
import type { Folded } from './read-run.ts';
import { toRow } from './row.ts';

export interface ViewSource {
  readonly record: RunRecord;
  readonly summary: Summary;
  readonly folded: Folded;
  /** The flow of the notebook as it ran, or null where it cannot be read any more. */
  readonly flow: Flow | null;
  readonly user: string;
}

export function viewRun({ record, summary, folded, flow, user }: ViewSource): RunView {
  const { state, timeline, worker } = folded;
  const over = summary.status !== 'running';
  return {
    ...toRow(summary, folded),
    steps: state.steps.map((step) => viewStep(step, timeline.get(step.plan.name) ?? [], over)),
    edges: viewEdges(state.steps),
    failures: viewFailures(folded),
    environment: {
      python: record.python.path, why: record.python.why, version: worker?.python ?? null, ipython: worker?.ipython ?? null,
      isolation: worker === null ? null : worker.reason === null ? worker.isolation : `${worker.isolation}: ${worker.reason}`,
      platform: record.platform, engine: record.engine, git: record.git, workers: state.steps.length === 0 ? null : state.workers,
    },
    values: viewValues(record, flow),
    foreign: record.by !== user,
  };
}

export function viewStep(step: StepState, attempts: readonly AttemptView[], over: boolean): StepView {
  const { plan, current } = step;
  const last = attempts.at(-1);
  return {
    name: plan.name,
    kind: plan.kind,
    status: statusOf(step, attempts.length > 0, over),
    cells: plan.cells.map((cell) => cell.index),
    openness: plan.openness,
    ...spanOf(last ?? null),
    ...costOf(current?.report ?? null),
    warnings: current?.report?.warnings ?? [],
    attempts,
  };
}

/** When a run is over, what waits was never reached, and what ran was stopped with it. */
function statusOf({ status }: StepState, hasAttempts: boolean, over: boolean): StepView['status'] {
  if (!over || !['waiting', 'running', 'executed'].includes(status)) return status;
  return hasAttempts && status !== 'waiting' ? 'stopped' : 'not reached';
}

function spanOf(attempt: AttemptView | null): Pick<StepView, 'began' | 'ended'> {
  return attempt === null ? { began: null, ended: null } : { began: attempt.began ?? attempt.issued, ended: attempt.executed };
}

function costOf(report: Executed | null): Pick<StepView, 'ms' | 'overheadMs' | 'peakBytes'> {
  if (report === null) return { ms: null, overheadMs: null, peakBytes: null };
  const { loadMs, runMs, saveMs, peakBytes } = report.cost;
  return { ms: loadMs + runMs + saveMs, overheadMs: loadMs + saveMs, peakBytes };
}

/** What was really read where a step has executed, else what the analysis predicts. */
function viewEdges(steps: readonly StepState[]): EdgeView[] {
  const plans = new Map(steps.map(({ plan }) => [plan.name, plan]));
  return steps.flatMap(({ plan, current }): EdgeView[] => {
    const report = current?.report ?? null;
    if (report === null) return plan.after.map((from) => ({ from, to: plan.name, names: predicted(plans.get(from), plan), seen: false }));
    const read = new Map<string, string[]>();
    for (const [name, version] of Object.entries(report.delta.reads)) {
      if (version !== null) read.set(stepOf(version), [...read.get(stepOf(version)) ?? [], name]);
    }
    // Through a function or class of another step it depends on that step too, though no name says so.
    for (const version of Object.values(report.delta.readUnits)) if (!read.has(stepOf(version))) read.set(stepOf(version), []);
    return [...read].filter(([from]) => from !== plan.name && plans.has(from)).map(([from, names]) => ({ from, to: plan.name, names: names.sort(), seen: true }));
  });
}

const stepOf = (version: string) => parseAttemptKey(version).task;

function predicted(from: PlannedStep | undefined, to: PlannedStep): string[] {
  return from === undefined ? [] : from.binds.filter((name) => to.reads.includes(name));
}

/** One row for each different error; the one that ended the run first. */
function viewFailures({ state }: Folded): FailureView[] {
  const { failed } = state;
  const all = state.steps.filter((step) => step.status === 'failed' && step.plan.name !== failed?.step).flatMap(({ plan, current }): FailureView[] => {
    const failure = current?.report?.failure;
    return failure == null ? [] : [{ ...failure, task: plan.name, attempt: current?.id ?? null }];
  });
  const attempt = state.steps.find((step) => step.plan.name === failed?.step)?.current?.id ?? null;
  const first = failed?.failure == null ? [] : [{ ...failed.failure, task: failed.step, attempt }];
  return [...first, ...all];
}

function viewValues(record: RunRecord, flow: Flow | null): RunView['values'] {
  const given = record.parameters;
  if (flow === null) return Object.entries(given).map(([name, value]) => ({ name, value, changed: true, default: null }));
  return flow.parameters.map((parameter) => ({
    name: parameter.name,
    value: given[parameter.name] ?? parameter.default ?? '',
    changed: given[parameter.name] !== undefined && given[parameter.name] !== parameter.default,
    default: parameter.default,
  }));
}
