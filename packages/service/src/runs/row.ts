// A line of the list of runs.

import { formatRunId, isSetupName, type RunRow, type Summary, type TaskStatus } from '@headwater/protocol';
import type { Folded } from './read-run.ts';

const DONE: ReadonlySet<string> = new Set<TaskStatus>(['done', 'reused', 'caught', 'skipped']);

export function toRow(summary: Summary, folded: Folded | null): RunRow {
  const { flow, number, notebook, status, started, ended, by, parameters, tags, resumes, failed } = summary;
  const live = folded === null || folded.state.steps.length === 0 ? null : folded.state.steps.map((step) => ({ name: step.plan.name, status: step.status }));
  const steps = (live ?? summary.steps).filter((step) => !isSetupName(step.name));
  return {
    run: formatRunId(summary), flow, number, notebook, status, started, ended, by, parameters, tags, resumes,
    count: { done: steps.filter((step) => DONE.has(step.status)).length, failed: steps.filter((step) => step.status === 'failed').length, total: steps.length },
    failed: failed === null ? null : { task: failed.task, type: failed.failure.type, message: failed.failure.message },
  };
}
