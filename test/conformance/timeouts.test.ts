// `timeout_decorator`: a task that runs too long is ended, and caught as what it was.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

it.each(graphsNamed('linear', 'branch', 'foreach', 'foreach in switch'))('a task that runs too long is ended and caught: $name', async (graph) => {
  const slow = (name: string) => ['a', 'b', 'inner', 'first', 'work'].includes(name);
  const flow = new Flow(graph, { names: ['checked', 'ex'], tags: ({ name }) => (slow(name) ? 'timeout:1s catch:ex' : ''), code: ({ name }) => (slow(name) ? 'checked = True\nimport time\ntime.sleep(60)' : '') });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  expect(flow.pick(looked, ({ status, exception }) => [status, exception?.type ?? null])).toEqual(flow.expected(({ step }) => (slow(step) ? ['caught', 'Timeout'] : ['done', null])));
});
