// A line of the list of runs.

import { formatRunId, isSetupName, parseTask, type RunRow, type Summary, type TaskStatus } from '@headwater/protocol';
import type { RunState } from '@headwater/engine';
import type { Folded } from './read-run.ts';

const DONE: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'caught', 'skipped']);

export function toRow(summary: Summary, folded: Folded | null): RunRow {
  const { flow, number, notebook, status, started, ended, by, parameters, tags, resumes } = summary;
  const live = folded === null || folded.state.steps.length === 0 ? null : folded.state.steps.map((step, position) => ({ name: step.plan.name, status: outerStatus(folded.state, position) }));
  const steps = (live ?? summary.steps).filter((step) => !isSetupName(step.name));
  return {
    run: formatRunId(summary), flow, number, notebook, status, started, ended, by, parameters, tags, resumes,
    count: { done: steps.filter((step) => DONE.has(step.status)).length, failed: steps.filter((step) => step.status === 'failed').length, total: steps.length },
    failed: viewFailed(summary),
    inside: folded === null || status !== 'running' ? null : openFan(folded.state),
  };
}

/** A step in a foreach stands as the foreach does: a row of a list is no place to look at every branch. */
function outerStatus({ steps, chains }: RunState, position: number): TaskStatus {
  const step = steps[position];
  const opener = chains[position]?.[0];
  return (opener === undefined || step?.status === 'skipped' ? step?.status : steps[opener]?.status) ?? 'waiting';
}

function openFan({ steps }: RunState): RunRow['inside'] {
  const open = steps.find(({ status, fan }) => status === 'running' && fan !== null);
  if (open?.fan == null) return null;
  const { opened, open: under, failed, elements } = open.fan;
  return { step: open.plan.name, done: opened - under.length - failed, failed, total: elements.count };
}

function viewFailed({ failed, failures, steps }: Summary): RunRow['failed'] {
  if (failed === null) return null;
  const name = parseTask(failed.task)?.step ?? failed.task;
  const of = steps.find((step) => step.name === name)?.tasks ?? 1;
  return { task: failed.task, type: failed.failure.type, message: failed.failure.message, tasks: Math.max(1, Math.min(failures, of)), of };
}
