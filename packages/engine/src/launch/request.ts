// What somebody asks for when a run starts: the same from the command line, the editors and Python.

import * as v from 'valibot';

export const RunRequestSchema = v.object({
  /** Absolute path of the notebook. */
  notebook: v.string(),
  /** The notebook's text where it is not the file's (an unsaved one), else null. */
  text: v.nullable(v.string()),
  parameters: v.record(v.string(), v.string()),
  store: v.nullable(v.string()),
  python: v.nullable(v.string()),
  tags: v.array(v.string()),
  workers: v.nullable(v.number()),
  failFast: v.boolean(),
  /** Where steps run whose tags do not say it; null: here. */
  on: v.optional(v.nullable(v.picklist(['local', 'kubernetes', 'batch'])), null),
  isolation: v.picklist(['fork', 'spawn']),
  /** The run to go on from, `churn/41`, and the step from which everything runs again, or null. */
  resumes: v.nullable(v.string()),
  from: v.nullable(v.string()),
  /** The last step that is wanted, with just what it needs; steps left out this once. */
  to: v.nullable(v.string()),
  skip: v.array(v.string()),
  /** The one step that runs, on the results of the latest good run. */
  only: v.optional(v.nullable(v.string()), null),
  /** Nothing is reused that another environment made. */
  strict: v.optional(v.boolean(), false),
  /** The run whose environments are to be had again, `churn/41`, or null. */
  environmentsOf: v.optional(v.nullable(v.string()), null),
  /** Requirements are resolved anew: newer versions count. */
  upgrade: v.optional(v.boolean(), false),
  /** Of the run it goes on from: sets of strings that are stored have the order that it gives. Null: one of its own. */
  hashSeed: v.optional(v.nullable(v.number()), null),
});
export type RunRequest = v.InferOutput<typeof RunRequestSchema>;

export const defaultRequest = (notebook: string): RunRequest => ({
  notebook, text: null, parameters: {}, store: null, python: null, tags: [], workers: null, failFast: false, on: null, isolation: 'fork', resumes: null, from: null, to: null, skip: [], only: null, strict: false, environmentsOf: null, upgrade: false, hashSeed: null,
});
