// Which environments a flow asks for: one for everything, and those that steps have for themselves. Pure.

import { mergeRequirements, type Flow, type ScriptMetadata, type Step } from '@headwater/protocol';

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
  /** What the notebook itself says for all: it goes where a step goes, a file beside the notebook does not. */
  readonly said: Wanted | null;
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
  return { run, steps: new Map(steps), said: wantOfRun(flow, null) };
}

/** The notebook says itself which packages it needs. */
function speaks({ environment: { pip, conda, image, script } }: Flow): boolean {
  return pip.length > 0 || conda !== null || image !== null || script !== null;
}

function wantOfRun({ environment }: Flow, beside: Beside | null): Wanted | null {
  const other = wantOther(environment, null);
  if (other !== null) return other;
  const { pip, script } = environment;
  if (pip.length > 0 || script !== null) {
    const why = [...(script === null ? [] : ['script metadata']), ...(pip.length === 0 ? [] : ['the defaults'])].join(' and ');
    return wantPackages(pip, { script, beside: null }, why);
  }
  return beside === null ? null : wantPackages([], { script: null, beside }, beside.file);
}

function wantOfStep(flow: Flow, step: Step, beside: Beside | null): Wanted | null {
  const other = wantOther(step.asks, flow.environment);
  if (other !== null || !hasOwnPackages(flow, step)) return other;
  const { pip, script } = flow.environment;
  return wantPackages(step.asks.pip, { script, beside }, step.asks.pip.filter((each) => !pip.includes(each)).map((each) => `pip:${each}`).join(' '));
}

type Others = Pick<Flow['environment'], 'conda' | 'image'>;

/** `around`: what the notebook says for all is not the step's own. */
function wantOther({ conda, image }: Others, around: Others | null): Wanted | null {
  if (image !== null && image !== around?.image) return { kind: 'image', reference: image, why: `the image ${image}` };
  return conda !== null && conda !== around?.conda ? { kind: 'conda', name: conda, why: `the conda environment ${conda}` } : null;
}

/** On top of what the notebook says for all: script metadata, else a file beside it. */
function wantPackages(own: readonly string[], { script, beside }: { script: ScriptMetadata | null; beside: Beside | null }, why: string): Wanted {
  const lines = mergeRequirements(own, script?.dependencies ?? beside?.lines ?? []);
  return { kind: 'packages', lines, requiresPython: (script ?? beside)?.requiresPython ?? null, settings: script?.settings ?? null, why };
}

function hasOwnPackages({ environment }: Flow, { kind, asks }: Step): boolean {
  return kind === 'step' && asks.pip.some((each) => !environment.pip.includes(each));
}
