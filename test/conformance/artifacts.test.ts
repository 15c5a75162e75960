// `basic_artifact`: what the first step binds is there in every task below, through every join.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS } from './graphs.ts';

it.each(GRAPHS)('an artifact reaches every task: $name', async (graph) => {
  const flow = new Flow(graph, {
    names: ['data'], carried: ['data'],
    code: (here) => (here.is.start ? `${here.own('data')} = "abc"` : here.is.join ? `[${here.own('data')}] = set(${here.incoming('data')})` : ''),
  });
  expect((await flow.run()).code).toBe(0);
  expect(flow.pick(await flow.look(), ({ values }) => values)).toEqual(flow.expected(() => ({ data: 'abc' })));
});
