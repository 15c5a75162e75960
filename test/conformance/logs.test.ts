// `basic_log`, `large_mflog`: what a task prints is kept, each stream by itself, whole and in order.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS, graphsNamed, withList } from './graphs.ts';

it.each(GRAPHS)('what a task prints is kept: $name', async (graph) => {
  const flow = new Flow(graph, { above: [['setup', 'import sys']], code: ({ name }) => `sys.stdout.write("out: plain ${name}\\n")\nprint("out: 年")\nprint("err: plain ${name}", file=sys.stderr)\n_n = sys.stderr.write("err: 年\\n")` });
  expect((await flow.run()).code).toBe(0);
  expect(flow.pick(await flow.look(), ({ stdout, stderr }) => [stdout, stderr])).toEqual(flow.expected(({ step }) => [`out: plain ${step}\nout: 年\n`, `err: plain ${step}\nerr: 年\n`]));
  expect((await flow.project.headwater('logs', 'nb/1/end', '--stderr')).stdout).toBe('err: plain end\nerr: 年\n');
});

const LINES = 5000;
it.each(graphsNamed('small foreach'))('320,000 lines of 32 branches are kept in order: $name', async (graph) => {
  const flow = new Flow(withList(graph, Array.from({ length: 32 }, (_, at) => at)), {
    above: [['setup', 'import sys']],
    code: (here) => (here.is.branch ? `for i in range(${LINES}):\n    print("out", arr_item, i)\n    print("err", arr_item, i, file=sys.stderr)` : ''),
  });
  expect((await flow.run()).code).toBe(0);
  const lines = (stream: string, element: unknown) => Array.from({ length: LINES }, (_, at) => `${stream} ${String(element)} ${at}\n`).join('');
  const looked = await flow.look();
  const wrong = flow.tasks.filter(({ id, step, elements: [element] }) => step === 'inner' && (looked.tasks[id]?.stdout !== lines('out', element) || looked.tasks[id].stderr !== lines('err', element)));
  expect([flow.tasks.length, wrong]).toEqual([36, []]);
});
