// `basic_parameters`, `dynamic_parameters`, `basic_include`, `param_names`: typed, given in every way, evaluated once, there in every task.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { GRAPHS, graphsNamed } from './graphs.ts';

const NAMES = ['given', 'off', 'on', 'count', 'text', 'words', 'tree'];
const DECLARED = ['given: str', 'off = True', 'on = True', 'count = 123', 'text = "foobar"', 'words = ["z"]', 'tree: dict = {"a": [1, 2, 3]}'].join('\n');
const VALUES = { given: 'from the environment', off: false, on: true, count: 123, text: 'foobar', words: ['a', 'b', 'c'], tree: { a: [1, 2, 3] } };

it.each(GRAPHS)('parameters are typed and in every task: $name', async (graph) => {
  const flow = new Flow(graph, { shared: NAMES, above: [['parameters', DECLARED]], code: () => `seen = (${NAMES.join(', ')})` });
  flow.project.env['HEADWATER_PARAM_given'] = 'from the environment';
  expect((await flow.run('-p', 'off=false', '-p', 'words=["a", "b", "c"]')).code).toBe(0);
  const looked = await flow.look();
  expect(looked.parameters).toEqual({ given: 'from the environment', off: 'false', words: ['a', 'b', 'c'] });
  expect(flow.pick(looked, ({ values }) => values)).toEqual(flow.expected(() => VALUES));
});

it.each(graphsNamed('linear', 'nested branches', 'foreach'))('a default that is computed is computed once: $name', async (graph) => {
  const flow = new Flow(graph, { shared: ['stamp'], above: [['setup', 'import json, uuid'], ['parameters', 'stamp = uuid.uuid4().hex\ntree = json.loads("[8]")\nwanted = True']], code: () => 'assert (len(stamp), tree, wanted) == (32, [8], False)' });
  expect((await flow.run('-p', 'wanted=false')).code).toBe(0);
  expect(new Set(Object.values(flow.pick(await flow.look(), ({ values }) => values['stamp']))).size).toBe(1);
});

it.each(graphsNamed('linear', 'nested branches', 'foreach'))('a parameter may be the text of a file: $name', async (graph) => {
  const flow = new Flow(graph, { shared: ['words', 'more'], above: [['parameters', 'words = "none"\nmore = "none"']], code: () => 'assert words == "Words 年" and more == "none"' });
  flow.project.write('words.txt', 'Words 年\n');
  expect((await flow.run('-p', 'words=@words.txt')).code).toBe(0);
  expect((await flow.look()).data).toEqual({ words: 'Words 年', more: 'none' });
  expect((await flow.run('-p', 'words=@absent.txt')).stderr).toBe('✗ `-p words=@absent.txt`: the file absent.txt is not there.\n');
});

it.each(graphsNamed('linear', 'nested branches', 'nested foreach'))('a step is told which parameters were given: $name', async (graph) => {
  const flow = new Flow(graph, { above: [['setup', 'import headwater'], ['parameters', 'foo = 1\nbar = 2']], code: () => 'assert headwater.current.parameters == {"foo": 7}' });
  expect((await flow.run('-p', 'foo=7')).code).toBe(0);
});
