// `basic_foreach`, `nested_foreach`, `wide_foreach`: order, place and element of every branch.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed, withList } from './graphs.ts';

/** In no order, so that a join that sorts is found out. */
const SHUFFLED = [26, 5, 10, 15, 25, 11, 22, 6, 19, 12, 16, 9, 28, 14, 24, 20, 30, 1, 13, 18, 2, 17, 21, 3, 29, 4, 27, 31, 8, 23, 0, 7];

it.each(graphsNamed('foreach', 'small foreach', 'foreach in switch'))('place and element stay through a branch, and a join has them in order: $name', async (graph) => {
  const list = graph.name === 'foreach in switch' ? 'items' : 'arr';
  const flow = new Flow(withList(graph, SHUFFLED), {
    names: ['mine', 'got'],
    above: [['setup', 'import headwater']],
    code: (here) => {
      if (here.is.branch) return `place = place if "place" in globals() else headwater.current.index\nassert (place, ${list}_item) == (headwater.current.index, ${list}[place])\nmine = ${list}_item`;
      return here.is.join ? 'got = [(b.mine, b.index, b.item) for b in inputs]' : '';
    },
  });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  expect(looked.data).toEqual({ got: SHUFFLED.map((each, at) => [each, at, each]) });
  expect(flow.pick(looked, ({ values }) => values['mine'] ?? null)).toEqual(flow.expected(({ elements }) => elements[0] ?? null));
});

it.each(graphsNamed('nested foreach'))('a branch within branches knows all its places and elements: $name', async (graph) => {
  const flow = new Flow(graph, { names: ['combo', 'places'], above: [['setup', 'import headwater']], code: ({ name }) => (name === 'inner' ? 'places = headwater.current.indices\ncombo = x_item + y_item + z_item\nassert combo == x[places[0]] + y[places[1]] + z[places[2]]' : '') });
  expect((await flow.run()).code).toBe(0);
  expect(flow.pick(await flow.look(), ({ values }) => values)).toEqual(flow.expected(({ step, elements, indices }) => (step === 'inner' ? { combo: elements.join(''), places: indices } : {})));
});

it.each(graphsNamed('small foreach'))('1,200 branches are none too many: $name', async (graph) => {
  const flow = new Flow(withList(graph, Array.from({ length: 1200 }, (_, at) => at)), { names: ['mine', 'got'], code: (here) => (here.is.branch ? 'mine = arr_item' : here.is.join ? 'got = [b.mine for b in inputs]' : '') });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  expect(looked.data['got']).toEqual(Array.from({ length: 1200 }, (_, at) => at));
  expect(flow.pick(looked, ({ values }) => values['mine'] ?? null)).toEqual(flow.expected(({ elements }) => elements[0] ?? null));
});
