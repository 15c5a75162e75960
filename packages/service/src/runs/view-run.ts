// A run as the run page shows it. Pure.

import {
  MOST_NAMED, parseAttemptKey, parseTask, type EdgeView, type Executed, type Failure, type FailureView, type Flow, type InstalledChange, type PlannedStep, type RunRecord, type RunView, type Summary,
} from '@headwater/protocol';
import { groupFailures, type RunState } from '@headwater/engine';
import type { Folded } from './read-run.ts';
import { toRow } from './row.ts';
import { viewStep } from './view-step.ts';

export interface ViewSource {
  readonly record: RunRecord;
  readonly summary: Summary;
  readonly folded: Folded;
  /** The flow of the notebook as it ran, or null where it cannot be read any more. */
  readonly flow: Flow | null;
  readonly user: string;
  /** What has changed in the environment since the run it goes on from. */
  readonly since: readonly InstalledChange[] | null;
}

export function viewRun({ record, summary, folded, flow, user, since }: ViewSource): RunView {
  const { state, worker } = folded;
  const over = summary.status !== 'running';
  return {
    ...toRow(summary, folded),
    steps: state.steps.map((_, position) => viewStep(folded, position, over)),
    edges: viewEdges(state),
    failures: viewFailures(folded),
    environment: {
      python: record.python.path, why: record.python.why, version: worker?.python ?? null, ipython: worker?.ipython ?? null,
      isolation: worker === null ? null : worker.reason === null ? worker.isolation : `${worker.isolation}: ${worker.reason}`,
      platform: record.platform, engine: record.engine, git: record.git, workers: state.steps.length === 0 ? null : state.workers,
      since,
      built: record.environments.map(({ steps, why, python, packages }) => ({ steps, why, python, packages: Object.entries(packages) })),
    },
    values: viewValues(record, flow),
    foreign: record.by !== user,
  };
}

/** What was really read where a step has executed, else what the analysis predicts. What a branch read is put away with it. */
function viewEdges(state: RunState): EdgeView[] {
  const plans = new Map(state.steps.map(({ plan }) => [plan.name, plan]));
  return state.steps.flatMap(({ plan, current }, position): EdgeView[] => {
    const isBranch = state.chains[position]?.length !== 0;
    const report = isBranch ? null : current?.report ?? null;
    const guessed = plan.after.map((from): EdgeView => ({ from, to: plan.name, names: predicted(plans.get(from), plan), seen: isBranch && hasRun(state, position) }));
    if (report === null) return guessed;
    const read = readBy(report, plan.control.join === null ? [] : plan.after);
    return [...read].filter(([from]) => from !== plan.name && plans.has(from)).map(([from, names]) => ({ from, to: plan.name, names: names.sort(), seen: true }));
  });
}

/** Step → names read from it. `also`: whose branches it collects. */
function readBy({ delta }: Executed, also: readonly string[]): Map<string, string[]> {
  const read = new Map<string, string[]>(also.map((from) => [from, []]));
  for (const [name, version] of Object.entries(delta.reads)) {
    if (version !== null) read.set(stepOf(version), [...read.get(stepOf(version)) ?? [], name]);
  }
  // Through a function or class of another step it depends on that step too, though no name says so.
  for (const version of Object.values(delta.readUnits)) if (!read.has(stepOf(version))) read.set(stepOf(version), []);
  return read;
}

const hasRun = (state: RunState, position: number) => (state.steps[state.chains[position]?.[0] ?? position]?.fan?.opened ?? 0) > 0;

/** Of `train[3].0` or `train[].0`: `train`. */
function stepOf(version: string): string {
  const { task } = parseAttemptKey(version);
  return parseTask(task)?.step ?? task;
}

function predicted(from: PlannedStep | undefined, to: PlannedStep): string[] {
  return from === undefined ? [] : from.binds.filter((name) => to.reads.includes(name) || to.control.foreach?.list === name);
}

/** One row for each different error; the one that ended the run first. */
function viewFailures({ state, timeline }: Folded): FailureView[] {
  const groups = groupFailures(state);
  const first = groups.findIndex(({ tasks }) => tasks.includes(state.failed?.step ?? ''));
  const ordered = first <= 0 ? groups : [...groups.slice(first, first + 1), ...groups.slice(0, first), ...groups.slice(first + 1)];
  return ordered.map(({ step, tasks, failure }): FailureView => {
    const task = state.failures.find((each) => tasks.includes(each.step))?.step ?? step;
    return { ...(failure ?? NO_WORDS), task, attempt: timeline.of(task).at(-1)?.id ?? null, step, tasks: tasks.slice(0, MOST_NAMED), count: tasks.length };
  });
}

const NO_WORDS: Failure = { type: 'Failed', message: 'It ended without an error of its own.', traceback: '', cell: null, line: null };

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
