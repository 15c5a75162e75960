// What an editor may ask of the service: parameters of every method, checked strictly where they come in.

import * as v from 'valibot';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const page = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));
const offset = v.pipe(v.number(), v.integer());
const position = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.nullable(v.string());

/** A store the service has named, and a run in it, `churn/42`. */
const run = { store: v.string(), run: name };
/** `notebook`: absolute, or relative to the first root. `text`: what the editor shows, where it is not the file's. */
const notebook = { notebook: name, text };
const request = {
  parameters: v.record(v.string(), v.string()),
  /** The interpreter of the notebook's kernel, or null. */
  python: v.nullable(v.string()),
  /** The last step that runs, or null for all. */
  to: v.nullable(name),
  failFast: v.boolean(),
};

/** `state` is a chip of the list, `filter` what was typed: `failed tag:best alpha>0.2 step:fit today words`. */
const choice = { flow: v.nullable(name), state: v.picklist(['all', 'running', 'failed', 'tagged']), filter: v.pipe(v.string(), v.maxLength(1000)) };

export const PARAMS = {
  hello: v.object({ protocol: v.number(), client: name, ticket: v.nullable(v.string()) }),
  analyse: v.object({ notebook: name, text: v.string() }),
  start: v.object({ ...notebook, ...request, tags: v.array(name) }),
  /** `from`: this step and all below run again. `code`: the notebook as it is, or as that run had it. */
  resume: v.object({ ...run, ...notebook, ...request, from: v.nullable(name), code: v.picklist(['now', 'original']) }),
  stop: v.object(run),
  /** The store that belongs to a notebook (or to the first root), whether or not it is there yet. */
  store: v.object({ notebook: v.nullable(name) }),
  runs: v.object({ store: v.string(), ...choice, after: text, limit: page }),
  run: v.object(run),
  /** From now on `runChanged` tells about it; `watched: false` ends that. */
  watchRun: v.object({ ...run, watched: v.boolean() }),
  /** From now on `runsChanged` tells about runs of this store. */
  watchRuns: v.object({ store: v.string(), watched: v.boolean() }),
  /**
   * Tasks of a step, or (null) of all, in the order of the notebook and of the lists. `find` is what was typed: `failed`, `lr=0.1`, `region=DE-*`, `9..40`, words;
   * `sort` puts the failed first, or the longest, or the largest.
   */
  tasks: v.object({ ...run, step: v.nullable(name), find: v.pipe(v.string(), v.maxLength(400)), sort: v.picklist(['order', 'failed', 'took', 'memory']), after: text, limit: v.pipe(page, v.maxValue(200)) }),
  taskMap: v.object({ ...run, step: name }),
  /** `train`, `train[3]`, `train[lr=0.1]`, `fit@4`; it must be one task. */
  task: v.object({ ...run, task: name }),
  /** Frames of an attempt's log from byte `from` (negative: that many before its end), at most `bytes`. */
  logs: v.object({ ...run, attempt: name, from: offset, bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(262_144)) }),
  searchLogs: v.object({ ...run, attempt: name, words: v.pipe(v.string(), v.minLength(1), v.maxLength(400)) }),
  /** Of one task, of all tasks of a foreach as lists (`train[*]`), or (null) the names at the end of the run. */
  artifacts: v.object({ ...run, task: v.nullable(name) }),
  preview: v.object({ ...run, attempt: name, name }),
  /** Rows of a stored frame, sorted and filtered by a worker. `filter` is text that a row must hold. */
  table: v.object({
    ...run, task: name, name, first: position, count: page,
    sort: v.nullable(v.object({ column: v.string(), descending: v.boolean() })), filter: v.pipe(v.string(), v.maxLength(400)),
  }),
  /** The executed notebook as JSON text, in pieces. */
  executed: v.object({ ...run, offset: position }),
  /** The cells that ran against a notebook as it is now. */
  diff: v.object({ ...run, ...notebook }),
  /** Outputs of the run for the cells of a notebook as it is now, from cell `after` on. */
  outputs: v.object({ ...run, ...notebook, after: position }),
  compare: v.object({ store: v.string(), runs: v.pipe(v.array(name), v.minLength(2), v.maxLength(6)) }),
  metrics: v.object({ store: v.string(), runs: v.pipe(v.array(name), v.maxLength(50)) }),
  /** The report of a run as one page of HTML, in pieces. */
  report: v.object({ ...run, offset: position }),
  /** What helps to find a fault, without anything of the person's work. */
  support: v.object({}),
} as const;

export type Method = keyof typeof PARAMS;
export type Params<M extends Method> = v.InferOutput<(typeof PARAMS)[M]>;

/** Methods that change something: refused where only looking is allowed. */
export const CHANGES: ReadonlySet<Method> = new Set(['start', 'resume', 'stop']);
