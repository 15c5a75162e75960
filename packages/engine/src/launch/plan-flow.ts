// What a run of a flow would do, without starting one: for what editors say about the open notebook.

import { UserError, type Flow, type PlannedStep } from '@headwater/protocol';
import { planRun } from './plan.ts';
import { applyOverrides } from './prepare.ts';

/** Planned steps, with these parameters as far as the flow still has them. */
export function planFlow(flow: Flow, parameters: Readonly<Record<string, string>>): readonly PlannedStep[] {
  const known = Object.fromEntries(Object.entries(parameters).filter(([name]) => flow.parameters.some((parameter) => parameter.name === name)));
  return planRun(flow, applyOr(flow, known), { past: { learned: [], steps: [] }, placeOf: () => 'local', environmentOf: () => null, resumes: false }).steps;
}

/** A value that was good for an older notebook may be none for this one: then the notebook's own count. */
function applyOr(flow: Flow, parameters: Readonly<Record<string, string>>): ReadonlyMap<number, string> {
  try {
    return applyOverrides(flow, parameters);
  } catch (error) {
    if (error instanceof UserError) return applyOverrides(flow, {});
    throw error;
  }
}
