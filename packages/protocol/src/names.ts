// The names people meet: flows, runs, steps, tasks, attempts, artifacts. One grammar for TypeScript, Python and the command line.

/** Characters that separate the parts of an id can never be part of a step's name. */
const STEP_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*$/u;
/** Asked first: to build the sets of all letters takes longer than to analyse a cell. */
const ASCII_STEP_NAME = /^\w[\w-]*$/;

export function isStepName(text: string): boolean {
  return ASCII_STEP_NAME.test(text) || STEP_NAME.test(text);
}

/** A flow's name is a file's stem, so it may hold anything but the separators of an id. */
export function isFlowName(text: string): boolean {
  return text.length > 0 && !/[/\0-\x1f]/.test(text) && text !== '.' && text !== '..';
}

export interface RunId {
  readonly flow: string;
  readonly number: number;
}

/** `churn/42` */
export function formatRunId(id: RunId): string {
  return `${id.flow}/${id.number}`;
}

export function parseRunId(text: string): RunId | null {
  const match = /^(.+)\/(\d{1,9})$/.exec(text);
  const flow = match?.[1];
  if (flow === undefined || !isFlowName(flow)) return null;
  return { flow, number: Number(match?.[2]) };
}

/** What a person may type: `churn`, `churn/42`, `churn/42/train[3]`, `churn/42/train/model`. */
export interface Path {
  readonly flow: string;
  readonly number: number | null;
  readonly task: string | null;
  readonly artifact: string | null;
}

export function parsePath(text: string): Path | null {
  const match = /^([^/]+)(?:\/(\d{1,9})(?:\/([^/[]+(?:\[[^\]]*\])?(?:@\d+)?)(?:\/([^/]+))?)?)?$/.exec(text);
  const [, flow = '', number, task = null, artifact = null] = match ?? [];
  return isFlowName(flow) ? { flow, number: number === undefined ? null : Number(number), task, artifact } : null;
}

/**
 * The key of an attempt within its run, `train.0`. A step's name holds no dot, so the last one separates.
 * Setup blocks are `setup.1`, `setup.2`: a name no step can have; their attempts are `setup.1.0`.
 */
export function attemptKey(task: string, attempt: number): string {
  return `${task}.${attempt}`;
}

export function parseAttemptKey(key: string): { task: string; attempt: number } {
  const dot = key.lastIndexOf('.');
  return { task: key.slice(0, dot), attempt: Number(key.slice(dot + 1)) };
}

/**
 * A task of a run: `train`; of a branch `train[3]`, nested `train[1,0]`; an iteration `fit@4`, `fit[1,0]@4`. All count from 0.
 * `train[]` (in a branch `train[1,]`) takes the list of a foreach apart: it makes the branches and is none of them.
 */
export interface TaskId {
  readonly step: string;
  readonly indices: readonly number[];
  readonly splits: boolean;
  readonly iteration: number | null;
}

export function formatTask({ step, indices, splits, iteration }: TaskId): string {
  const inside = splits ? [...indices, ''].join(',') : indices.join(',');
  const place = indices.length > 0 || splits ? `[${inside}]` : '';
  return `${step}${place}${iteration === null ? '' : `@${iteration}`}`;
}

const TASK = /^([^[\]@~]+)(?:\[((?:\d{1,9},)*\d{0,9})\])?(?:@(\d{1,9}))?(?:~.*)?$/;

/** Null for what is no task; what stands behind `~` says only what an attempt makes again. */
export function parseTask(text: string): TaskId | null {
  const match = TASK.exec(text);
  const [, step, inside, iteration] = match ?? [];
  if (step === undefined) return null;
  const parts = inside === undefined ? [] : inside.split(',');
  const splits = parts.at(-1) === '';
  return { step, indices: (splits ? parts.slice(0, -1) : parts).map(Number), splits, iteration: iteration === undefined ? null : Number(iteration) };
}

export function setupName(block: number): string {
  return `setup.${block}`;
}

export function isSetupName(step: string): boolean {
  return step.startsWith('setup.');
}
