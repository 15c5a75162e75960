// The log of an attempt: everything it showed, in order, one JSON object a line. Written by the worker, read by everyone else.

import * as v from 'valibot';

const at = { t: v.number(), c: v.number() };

/** `t` is milliseconds since the attempt began, `c` the cell's position in the notebook. MIME bundles are nbformat's. */
export const OutputSchema = v.variant('k', [
  v.object({ k: v.literal('stream'), ...at, name: v.picklist(['stdout', 'stderr']), text: v.string() }),
  v.object({
    k: v.picklist(['display', 'result']), ...at,
    data: v.record(v.string(), v.unknown()), metadata: v.record(v.string(), v.unknown()),
    id: v.nullable(v.string()), number: v.nullable(v.number()),
  }),
  v.object({ k: v.literal('update'), ...at, data: v.record(v.string(), v.unknown()), metadata: v.record(v.string(), v.unknown()), id: v.string() }),
  v.object({ k: v.literal('clear'), ...at, wait: v.boolean() }),
  v.object({ k: v.literal('error'), ...at, ename: v.string(), evalue: v.string(), traceback: v.array(v.string()) }),
]);
export type Output = v.InferOutput<typeof OutputSchema>;
