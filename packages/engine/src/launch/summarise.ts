// The small summary a list of runs shows.

import type { LearnedEdge, RunRecord, StepSummary, Summary } from '@headwater/protocol';
import { sumSteps } from '../history/tasks.ts';
import type { RunState } from '../run/state.ts';

export interface SummaryFacts {
  readonly ended: number | null;
  /** Edges of earlier runs that still hold. */
  readonly learned: readonly LearnedEdge[];
}

export function summarise(record: RunRecord, state: RunState, { ended, learned }: SummaryFacts): Summary {
  const failed = state.failed ?? state.failures[0] ?? null;
  return {
    format: 1,
    flow: record.flow,
    number: record.number,
    notebook: record.notebook,
    status: ended === null ? 'running' : state.status,
    started: record.started,
    ended,
    by: record.by,
    owner: record.owner,
    parameters: record.parameters,
    tags: record.tags,
    resumes: record.resumes,
    steps: sumSteps(state).map(({ name, status, ms, peakBytes, tasks }): StepSummary => ({ name, status: status === 'not reached' ? 'waiting' : status, ms, peakBytes, tasks })),
    failed: failed?.failure == null ? null : { task: failed.step, failure: failed.failure },
    failures: state.failures.length,
    learned: [...learned.filter((edge) => !state.learned.some((each) => each.from === edge.from && each.to === edge.to)), ...state.learned],
  };
}
