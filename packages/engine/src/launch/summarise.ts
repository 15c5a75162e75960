// The small summary a list of runs shows.

import type { LearnedEdge, RunRecord, StepSummary, Summary } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';

export interface SummaryFacts {
  readonly ended: number | null;
  /** Edges of earlier runs that still hold. */
  readonly learned: readonly LearnedEdge[];
}

export function summarise(record: RunRecord, state: RunState, { ended, learned }: SummaryFacts): Summary {
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
    steps: state.steps.map((step): StepSummary => {
      const cost = step.current?.report?.cost;
      return { name: step.plan.name, status: step.status, ms: cost === undefined ? 0 : cost.loadMs + cost.runMs + cost.saveMs, peakBytes: cost?.peakBytes ?? 0 };
    }),
    failed: state.failed?.failure == null ? null : { task: state.failed.step, failure: state.failed.failure },
    learned: [...learned.filter((edge) => !state.learned.some((each) => each.from === edge.from && each.to === edge.to)), ...state.learned],
  };
}
