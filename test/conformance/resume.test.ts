// `resume_*`: a run that goes on reuses what still holds, runs again what failed and what follows from it, and says where everything is from.

import { expect, it } from 'vitest';
import { Flow, RESUMED, type Here, type Looked, type Writing } from './flow.ts';
import { FANS, GRAPHS, graphsNamed, type Graph } from './graphs.ts';
import type { Task } from './plan.ts';

const FAILS = 'raise RuntimeError("go on from here")';

/** Runs, fails, and goes on. */
async function goOn(graph: Graph, writing: Writing, ...args: string[]): Promise<{ flow: Flow; looked: Looked }> {
  const flow = new Flow(graph, writing);
  expect((await flow.run()).code).toBe(1);
  expect((await flow.resume(...args)).code).toBe(0);
  const looked = await flow.look('nb/2');
  expect([looked.status, looked.resumes]).toEqual(['done', 'nb/1']);
  return { flow, looked };
}

/** Where every task is from: an attempt of the first run, or null. */
function expectOrigins(flow: Flow, looked: Looked, isNew: (task: Task) => boolean): void {
  expect(flow.pick(looked, ({ status, origin }) => [status, origin])).toEqual(flow.expected((task) => (isNew(task) ? ['done', null] : ['reused', `nb/1/${task.id}.0`])));
}

it.each(GRAPHS)('from the last step: $name', async (graph) => {
  const { flow, looked } = await goOn(graph, {
    names: ['data'], carried: ['data'],
    code: (here) => (here.is.start ? `${here.own('data')} = "start"` : here.is.join ? `${here.own('data')} = ${here.incoming('data')}[0]` : here.is.end ? `data = "foo" if ${RESUMED} else "bar"\nif data == "bar": ${FAILS}` : ''),
  });
  expectOrigins(flow, looked, ({ step }) => step === 'end');
  expect(flow.pick(looked, ({ values }) => values['data'])).toEqual(flow.expected(({ step }) => (step === 'end' ? 'foo' : 'start')));
});

it.each(graphsNamed('linear', 'nested branches', 'foreach', 'switch'))('from the first step: $name', async (graph) => {
  const { flow, looked } = await goOn(graph, {
    names: ['data'], carried: ['data'], above: [['parameters', 'number = 123']],
    code: (here) => (here.is.start ? `${here.own('data')} = "foo" if ${RESUMED} else "bar"\nif data == "bar": ${FAILS}` : here.is.join ? `${here.own('data')} = ${here.incoming('data')}[0]` : `assert number == 123 and ${here.own('data')} == "foo"`),
  });
  expectOrigins(flow, looked, () => true);
  expect(flow.pick(looked, ({ values }) => values['data'])).toEqual(flow.expected(() => 'foo'));
});

it.each(graphsNamed('linear', 'branch', 'foreach', 'nested switch'))('from a step that had not failed, with all below it: $name', async (graph) => {
  const again = Object.keys(graph.steps)[1]!;
  const mark = (here: Here, name: string) => `${here.own('data')} = "${name}_again" if ${RESUMED} else "${name}"`;
  const { flow, looked } = await goOn(graph, { names: ['data'], code: (here) => `${mark(here, here.name)}${here.is.end ? `\nif data == "end": ${FAILS}` : ''}` }, '--from', again);
  expectOrigins(flow, looked, ({ step }) => step !== 'start');
  expect(flow.pick(looked, ({ values }) => values['data'])).toEqual(flow.expected(({ step }) => (step === 'start' ? 'start' : `${step}_again`)));
});

/** What fails the first time, and what of the branches is new after going on from there. */
const PLACES: readonly { readonly where: string; readonly fails: (here: Here) => boolean }[] = [
  { where: 'the step that has the list', fails: ({ place }) => place.step.each !== undefined && !place.around.some(({ kind }) => kind === 'each') },
  { where: 'within its branches', fails: (here) => here.is.branch && here.place.opens !== null && here.place.step.each === undefined },
  { where: 'the join', fails: (here) => here.place.closes?.kind === 'each' && !here.is.branch },
];

it.each(FANS.flatMap((graph) => PLACES.map((place) => ({ ...place, graph }))))('of a foreach, $where: $graph.name', async ({ graph, fails }) => {
  const { flow, looked } = await goOn(graph, {
    shared: ['data', 'all'],
    code: (here) => [
      here.is.start ? 'data = "start"' : '',
      here.place.closes?.kind === 'each' ? 'all = [b.all if "all" in b else b.data for b in inputs]\ndata = inputs[0].data' : '',
      fails(here) ? `data = "resume" if ${RESUMED} else "run"\nif data == "run": ${FAILS}` : '',
    ].filter((line) => line !== '').join('\n'),
  });
  const first = flow.plan.findIndex(({ name }) => fails(flow.here(name)));
  const position = ({ step }: Task) => flow.plan.findIndex(({ name }) => name === step);
  expectOrigins(flow, looked, (task) => position(task) >= first && (flow.plan[position(task)]?.name === flow.plan[first]?.name || dependsOn(flow, first, position(task))));
  expect(looked.data['data']).toBe('resume');
});

/** By the graph: it comes after, on some way. */
function dependsOn(flow: Flow, first: number, at: number): boolean {
  const name = flow.plan[first]!.name;
  return flow.plan[at]!.before.some((each) => each === name || dependsOn(flow, first, flow.plan.findIndex((place) => place.name === each)));
}

it.each(graphsNamed('recursive switch'))('in the middle of a loop, with the times that were done: $name', async (graph) => {
  const { flow, looked } = await goOn(graph, { shared: ['count'], code: ({ is, name }) => (is.start ? 'count = 0' : name === 'loop' ? `count += 1\nif count == 6 and not ${RESUMED}: ${FAILS}` : 'assert count == 10') });
  expectOrigins(flow, looked, ({ step, iteration }) => (step === 'loop' ? (iteration ?? 0) >= 5 : step !== 'start'));
  expect(looked.data).toEqual({ count: 10 });
});

it.each(graphsNamed('recursive switch in foreach'))('in a loop of one branch: $name', async (graph) => {
  const { flow, looked } = await goOn(graph, {
    shared: ['results'],
    code: ({ name }) => (name === 'begin' ? 'count = 0' : name === 'loop' ? `count += 1\nif items_item == 5 and count == 3 and not ${RESUMED}: ${FAILS}` : name === 'leave' ? 'result = f"{items_item} after {count}"' : name === 'join' ? 'results = [b.result for b in inputs]' : ''),
  });
  expectOrigins(flow, looked, ({ step, indices, iteration }) => ['join', 'end'].includes(step) || (indices[0] === 1 && (step === 'leave' || (step === 'loop' && (iteration ?? 0) >= 2))));
  expect(looked.data).toEqual({ results: ['3 after 3', '5 after 5', '2 after 2'] });
});
