// A record whose keys are a person's names. Valibot's own leaves out `constructor` and `prototype`, which are names like all others in Python.

import * as v from 'valibot';

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function recordOf<S extends v.GenericSchema>(schema: S): v.GenericSchema<Record<string, v.InferInput<S>>, Record<string, v.InferOutput<S>>> {
  return v.pipe(
    v.custom<Record<string, v.InferInput<S>>>(isObject, 'Invalid type: Expected Object'),
    v.rawTransform<Record<string, v.InferInput<S>>, Record<string, v.InferOutput<S>>>(({ dataset, addIssue, NEVER }) => {
      const entries: [string, v.InferOutput<S>][] = [];
      for (const [key, value] of Object.entries(dataset.value)) {
        const result = v.safeParse(schema, value);
        if (!result.success) {
          addIssue({ message: `${result.issues[0].message} at ${key}` });
          return NEVER;
        }
        entries.push([key, result.output]);
      }
      return Object.fromEntries(entries);
    }),
  );
}
