// Which environments a flow asks for: one for everything, and those that steps have for themselves. Pure.

import { mergeRequirements, type Flow, type Step } from '@headwater/protocol';

/** What stands beside the notebook in a file. */
export interface Beside {
  readonly file: 'requirements.txt' | 'pyproject.toml' | 'uv.lock';
  /** Requirements, and options such as `--index-url`, one a line. */
  readonly lines: readonly string[];
  readonly requiresPython: string | null;
}

export type Wanted =
  | { readonly kind: 'packages'; readonly lines: readonly string[]; readonly requiresPython: string | null; readonly settings: string | null; readonly why: string }
  | { readonly kind: 'conda'; readonly name: string; readonly why: string }
  | { readonly kind: 'image'; readonly reference: string; readonly why: string };

export interface Wants {
  /** Of setup, and of every step that says nothing itself; null: the interpreter as it is. */
  readonly run: Wanted | null;
  readonly steps: ReadonlyMap<string, Wanted>;
}

export interface Surroundings {
  readonly beside: Beside | null;
  /** Somebody named an interpreter or has one active: a file beside the notebook does not count more. */
  readonly isChosen: boolean;
}

/** Whether the files beside the notebook are worth reading. */
export function needsBeside(flow: Flow, isChosen: boolean): boolean {
  return !speaks(flow) && (!isChosen || flow.steps.some((step) => hasOwnPackages(flow, step)));
}

export function findWants(flow: Flow, { beside, isChosen }: Surroundings): Wants {
  const run = wantOfRun(flow, isChosen ? null : beside);
  const steps = flow.steps.flatMap((step): [string, Wanted][] => {
    const own = wantOfStep(flow, step, beside);
    return own === null ? [] : [[step.name, own]];
  });
  return { run, steps: new Map(steps) };
}

/** The notebook says itself which packages it needs. */
function speaks({ environment: { pip, conda, image, script } }: Flow): boolean {
  return pip.length > 0 || conda !== null || image !== null || script !== null;
}

function wantOfRun({ environment: { pip, conda, image, script } }: Flow, beside: Beside | null): Wanted | null {
  if (image !== null) return { kind: 'image', reference: image, why: `the image ${image}` };
  if (conda !== null) return { kind: 'conda', name: conda, why: `the conda environment ${conda}` };
  if (pip.length > 0 || script !== null) {
    const why = [...(script === null ? [] : ['script metadata']), ...(pip.length === 0 ? [] : ['the defaults'])].join(' and ');
    return { kind: 'packages', lines: mergeRequirements(pip, script?.dependencies ?? []), requiresPython: script?.requiresPython ?? null, settings: script?.settings ?? null, why };
  }
  return beside === null ? null : { kind: 'packages', lines: beside.lines, requiresPython: beside.requiresPython, settings: null, why: beside.file };
}

function wantOfStep(flow: Flow, step: Step, beside: Beside | null): Wanted | null {
  const { asks } = step;
  if (asks.image !== null && asks.image !== flow.environment.image) return { kind: 'image', reference: asks.image, why: `the image ${asks.image}` };
  if (asks.conda !== null && asks.conda !== flow.environment.conda) return { kind: 'conda', name: asks.conda, why: `the conda environment ${asks.conda}` };
  if (!hasOwnPackages(flow, step)) return null;
  const { script } = flow.environment;
  return {
    kind: 'packages',
    lines: mergeRequirements(asks.pip, script?.dependencies ?? beside?.lines ?? []),
    requiresPython: script?.requiresPython ?? beside?.requiresPython ?? null,
    settings: script?.settings ?? null,
    why: asks.pip.filter((each) => !flow.environment.pip.includes(each)).map((each) => `pip:${each}`).join(' '),
  };
}

function hasOwnPackages({ environment }: Flow, { kind, asks }: Step): boolean {
  return kind === 'step' && asks.pip.some((each) => !environment.pip.includes(each));
}
