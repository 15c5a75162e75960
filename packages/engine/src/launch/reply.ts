// What a run process says before it runs: what it prepares, if that takes its time, and then refused, and why, or started, and where to look.

import * as v from 'valibot';

const problem = v.object({ code: v.string(), sentence: v.string(), hint: v.nullable(v.string()) });

export const ReplySchema = v.variant('type', [
  /** More is to come. */
  v.object({ type: v.literal('preparing'), what: v.string() }),
  v.object({ type: v.literal('refused'), problem, diagnostics: v.array(v.unknown()) }),
  v.object({ type: v.literal('started'), flow: v.string(), number: v.number(), store: v.string(), python: v.string(), why: v.string(), diagnostics: v.array(v.unknown()) }),
  v.object({ type: v.literal('bug'), message: v.string(), stack: v.string() }),
]);
export type Reply = v.InferOutput<typeof ReplySchema>;
/** The last thing it says. */
export type Answer = Exclude<Reply, { type: 'preparing' }>;
