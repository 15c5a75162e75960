// The small summary a list of runs shows.

import type { RunRecord, StepSummary, Summary } from '@headwater/protocol';
import type { RunState } from '../run/state.ts';

export function summarise(record: RunRecord, state: RunState, ended: number | null): Summary {
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
    learned: [...state.learned],
  };
}
