// `lineage`, `switch_*`, `*_in_switch`, `recursive_switch*`: which steps run, in which order, and what each of them had come by; every way a choice can go.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS } from './graphs.ts';
import { wayOf } from './way.ts';
import { variantsOf } from './plan.ts';

it.each(GRAPHS.flatMap(variantsOf))('every task knows the steps it came by: $name', async (graph) => {
  const flow = new Flow(graph, {
    names: ['way'], carried: ['way'],
    code: (here) => `${here.own('way')} = [*${here.is.start ? '[]' : here.is.join ? here.incoming('way') : here.own('way')}, "${here.name}"]`,
  });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  expect(Object.entries(looked.tasks).map(([id, { status }]) => [id, status])).toEqual(flow.tasks.map(({ id, skipped }) => [id, skipped ? 'skipped' : 'done']));
  expect(flow.pick(looked, ({ values }) => values['way'])).toEqual(flow.expected((task) => wayOf(flow.plan, task)));
});
