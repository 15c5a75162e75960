// `current_singleton`: a task knows its run, step, place, time and try, and the client finds it by them.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS } from './graphs.ts';

it.each(GRAPHS)('a task knows which it is: $name', async (graph) => {
  const flow = new Flow(graph, {
    names: ['told', 'mark'], above: [['setup', 'import headwater, uuid']],
    code: (here) => `now = headwater.current\n${here.own('mark')} = uuid.uuid4().hex\n${here.own('told')} = [now.flow, now.run, now.step, now.task, now.index, now.indices, now.iteration, now.attempt, now.parameters]\ndel now`,
  });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  expect(flow.pick(looked, ({ values }) => values['told'])).toEqual(flow.expected(({ step, id, indices, iteration }) => ['nb', 'nb/1', step, id, indices.at(-1) ?? null, indices, iteration, 0, {}]));
  const marks = Object.values(flow.pick(looked, ({ values }) => values['mark']));
  expect(new Set(marks).size).toBe(marks.length);
});
