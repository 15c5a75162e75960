// `constants`: what is said once above the steps is there in all of them, whatever lies between.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS } from './graphs.ts';

it.each(GRAPHS)('constants are in every task: $name', async (graph) => {
  const flow = new Flow(graph, {
    above: [['', 'TEXT = "this is a constant"\nNUMBER = 123\nLIST = []'], ['', 'class Thing:\n    size = 3'], ['parameters', 'count = 456\ntext = "foobar"']],
    code: () => 'assert (TEXT, NUMBER, LIST, Thing.size, count, text) == ("this is a constant", 123, [], 3, 456, "foobar")',
  });
  expect((await flow.run()).code).toBe(0);
  expect(flow.pick(await flow.look(), ({ status }) => status)).toEqual(flow.expected(() => 'done'));
  expect((await flow.project.headwater('get', 'nb/1/end/NUMBER')).stdout).toBe('123\n');
});
