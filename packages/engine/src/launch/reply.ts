// The first thing a run process says: refused, and why, or started, and where to look.

import * as v from 'valibot';

const problem = v.object({ code: v.string(), sentence: v.string(), hint: v.nullable(v.string()) });

export const ReplySchema = v.variant('type', [
  v.object({ type: v.literal('refused'), problem, diagnostics: v.array(v.unknown()) }),
  v.object({ type: v.literal('started'), flow: v.string(), number: v.number(), store: v.string(), python: v.string(), why: v.string(), diagnostics: v.array(v.unknown()) }),
  v.object({ type: v.literal('bug'), message: v.string(), stack: v.string() }),
]);
export type Reply = v.InferOutput<typeof ReplySchema>;
