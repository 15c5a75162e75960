// `card_simple`, `card_multiple`, `card_error`: what each task wants to show is in one page, and showing never fails a step.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

it.each(graphsNamed('linear', 'nested branches', 'foreach', 'switch in foreach'))('the report has what every task put into it: $name', async (graph) => {
  const flow = new Flow(graph, { above: [['setup', 'import headwater']], code: () => 'headwater.report.append(f"mark <{headwater.current.task}>", "second")' });
  expect((await flow.run()).code).toBe(0);
  expect((await flow.project.headwater('report', 'nb/1', '-o', 'report.html')).code).toBe(0);
  const page = flow.project.read('report.html');
  expect(flow.tasks.filter(({ id, skipped }) => !skipped && !page.includes(`mark &lt;${id}&gt;`)).map(({ id }) => id)).toEqual([]);
});

it.each(graphsNamed('linear', 'foreach'))('what cannot be shown fails no step: $name', async (graph) => {
  const flow = new Flow(graph, {
    names: ['data'], above: [['setup', 'import headwater\nclass Odd:\n    def _repr_html_(self): raise RuntimeError("no picture")\n    def __repr__(self): return "<odd>"']],
    code: () => 'headwater.report.append(Odd())\ndata = "end"',
  });
  expect((await flow.run()).code).toBe(0);
  expect((await flow.look()).data).toEqual({ data: 'end' });
});
