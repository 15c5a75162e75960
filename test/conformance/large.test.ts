// `large_artifact`: more bytes than 32 bits can count.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

const BYTES = Math.ceil(4.1 * 1024 ** 3);

it.each(graphsNamed('linear'))('an artifact of more than 4 GiB: $name', async (graph) => {
  const flow = new Flow(graph, { shared: ['kind'], code: ({ name }) => (name === 'a' ? `large = b"x" * ${BYTES}` : name === 'end' ? `kind = (type(large).__name__, len(large), large[:2] + large[-2:], large.count(b"x"))` : '') });
  expect((await flow.run()).code).toBe(0);
  expect((await flow.look()).data).toEqual({ kind: ['bytes', BYTES, "b'xxxx'", BYTES] });
}, 240_000);
