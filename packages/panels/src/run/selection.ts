// What of a run is selected: one step for all tabs, widened by Esc.

import type { RunView, StepView } from '@headwater/protocol';

export interface Selection {
  readonly step: string | null;
  readonly select: (step: string | null) => void;
}

export const stepsOf = (run: RunView): readonly StepView[] => run.steps.filter((step) => step.kind === 'step' || step.status === 'failed');

export const findStep = (run: RunView, name: string | null): StepView | null => run.steps.find((step) => step.name === name) ?? null;

/** The next or previous failed step, around the end. */
export function failureAfter(run: RunView, from: string | null, by: 1 | -1): string | null {
  const failed = stepsOf(run).filter((step) => step.status === 'failed').map((step) => step.name);
  if (failed.length === 0) return null;
  const at = failed.indexOf(from ?? '');
  return failed[(at < 0 ? (by === 1 ? 0 : failed.length - 1) : at + by + failed.length) % failed.length] ?? null;
}
