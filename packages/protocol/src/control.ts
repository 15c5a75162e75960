// What the tags of a step ask of the engine: branches, conditions, repetition, and what to do when it fails.

import * as v from 'valibot';

/** `when:NAME`, `when:!NAME`, `when:NAME=VALUE`; `value` is compared with `str(NAME)`, null asks for its truth. */
export const ConditionSchema = v.object({ name: v.string(), negated: v.boolean(), value: v.nullable(v.string()) });
export type Condition = v.InferOutput<typeof ConditionSchema>;

/** Which failures a `retry` covers: every one, those of machine and network, or lack of memory. */
export const RetryCauseSchema = v.picklist(['any', 'infra', 'oom']);
export type RetryCause = v.InferOutput<typeof RetryCauseSchema>;

/** The end of the run that a step waits for: `on-success`, `on-failure`, or both tags. */
export const ClosesSchema = v.picklist(['success', 'failure', 'always']);
export type Closes = v.InferOutput<typeof ClosesSchema>;

export const ControlSchema = v.object({
  /** One branch an element of `list`, with `item` bound to it, up to the step with the matching `join`. */
  foreach: v.nullable(v.object({ item: v.string(), list: v.string() })),
  /** Closes the innermost foreach; `[ALL, ONE]` binds the list of every branch's ONE. */
  join: v.nullable(v.object({ all: v.array(v.tuple([v.string(), v.string()])) })),
  /** All must hold. */
  when: v.array(ConditionSchema),
  until: v.nullable(v.object({ name: v.string(), max: v.number() })),
  retries: v.array(v.object({ times: v.number(), cause: RetryCauseSchema })),
  retryWaitMs: v.number(),
  timeoutMs: v.nullable(v.number()),
  /** The name that gets the failure, or None. */
  catches: v.nullable(v.string()),
});
export type Control = v.InferOutput<typeof ControlSchema>;

export const NO_CONTROL: Control = { foreach: null, join: null, when: [], until: null, retries: [], retryWaitMs: 0, timeoutMs: null, catches: null };

/** What a condition asks of a value: its truth and `str` of it; null where Python could not say. */
export const ValueFactsSchema = v.object({ truth: v.nullable(v.boolean()), text: v.nullable(v.string()) });
export type ValueFacts = v.InferOutput<typeof ValueFactsSchema>;

/** A list taken apart. The elements stand in groups `<attempt>+<page>/<place>`, `PAGE_ELEMENTS` a page. */
export const ElementsSchema = v.object({
  count: v.number(),
  /** What a person calls each: the beginning of its text. */
  labels: v.array(v.string()),
  /** The list and the names stored with it, where elements share mutable objects with it; else null. */
  tied: v.nullable(v.array(v.string())),
  /** One an element where a condition asks for the item, else null. */
  values: v.nullable(v.array(ValueFactsSchema)),
});
export type Elements = v.InferOutput<typeof ElementsSchema>;

/** A task that reads one element must not read the descriptions of all. */
export const PAGE_ELEMENTS = 64;

/** The group of an element in the store. */
export function elementGroup(split: string, index: number): string {
  return `${split}+${Math.floor(index / PAGE_ELEMENTS)}/${index % PAGE_ELEMENTS}`;
}
