// What of a run is selected: one step or one task for all tabs, widened by Esc.

import { parseTask, type RunView, type StepView, type TaskRow } from '@headwater/protocol';

export interface Selection {
  readonly step: string | null;
  /** One task of the step: `train[3]`, `fit@4`; null for the step as a whole. */
  readonly task: string | null;
  /** A step's name or a task's. */
  readonly select: (name: string | null) => void;
}

export function readSelection(run: RunView, name: string | null): Pick<Selection, 'step' | 'task'> {
  if (name === null || findStep(run, name) !== null) return { step: name, task: null };
  return { step: parseTask(name)?.step ?? name, task: name };
}

export const stepsOf = (run: RunView): readonly StepView[] => run.steps.filter((step) => step.kind === 'step' || step.status === 'failed');

export const findStep = (run: RunView, name: string | null): StepView | null => run.steps.find((step) => step.name === name) ?? null;

/** In a foreach: a step of it has many tasks, none of which is meant by the step's name. */
export const hasBranches = (step: StepView): boolean => step.inside.length > 0;

/** The task that is meant, or null where it is for the person to choose. */
export function taskOf(step: StepView | null, task: string | null): string | null {
  if (task !== null) return task;
  return step === null || hasBranches(step) ? null : step.name;
}

/** Without the step's name where that is known: `[3]`, `@4`. */
export const placeOf = (task: string): string => /[[@].*$/s.exec(task)?.[0] ?? task;

/** What its items read, outermost first: `south, 0.01`. */
export const labelOf = ({ items }: Pick<TaskRow, 'items'>): string => items.map(([, label]) => label).join(', ');

/** The next or previous failed step, around the end. */
export function failureAfter(run: RunView, from: string | null, by: 1 | -1): string | null {
  const failed = stepsOf(run).filter((step) => step.status === 'failed').map((step) => step.name);
  if (failed.length === 0) return null;
  const at = failed.indexOf(from ?? '');
  return failed[(at < 0 ? (by === 1 ? 0 : failed.length - 1) : at + by + failed.length) % failed.length] ?? null;
}
