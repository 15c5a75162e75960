// `large_artifact`: a value that is no small matter reaches the step that reads it, byte for byte. Theirs has 4.1 GiB; a suite for every machine takes less.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

const BYTES = 300 * 1024 ** 2;

it.each(graphsNamed('linear'))('an artifact of 300 MiB: $name', async (graph) => {
  const flow = new Flow(graph, { shared: ['kind'], code: ({ name }) => (name === 'a' ? `large = b"x" * ${BYTES}` : name === 'end' ? `kind = (type(large).__name__, len(large), large.count(b"x"))` : '') });
  expect((await flow.run()).code).toBe(0);
  expect((await flow.look()).data).toEqual({ kind: ['bytes', BYTES, BYTES] });
});
