// `secrets_decorator`, `environment`: variables of every step; a secret's value is nowhere in what is kept.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

const SECRET = 'How do eels reproduce?';

it.each(graphsNamed('linear', 'nested branches', 'nested foreach', 'switch in foreach'))('every step has its variables, and the secret one is kept nowhere: $name', async (graph) => {
  const flow = new Flow(graph, {
    above: [['setup', 'import os']], tags: () => 'secret:EEL_SECRET env:PLAIN=pizza%20is%20a%20vegetable',
    code: () => `assert os.environ["PLAIN"] == "pizza is a vegetable"\nassert len(os.environ["EEL_SECRET"]) == ${SECRET.length}\nprint(os.environ["EEL_SECRET"])`,
  });
  flow.project.env['EEL_SECRET'] = SECRET;
  expect((await flow.run()).code).toBe(0);
  expect(flow.pick(await flow.look(), ({ stdout }) => stdout)).toEqual(flow.expected(() => '[EEL_SECRET]\n'));
  const store = flow.project.path('.headwater');
  const kept = readdirSync(store, { recursive: true, encoding: 'utf8' }).map((each) => path.join(store, each)).filter((each) => statSync(each).isFile());
  expect([kept.length > 5, kept.filter((each) => readFileSync(each).includes(SECRET))]).toEqual([true, []]);
  delete flow.project.env['EEL_SECRET'];
  expect((await flow.run()).code).toBe(2);
});
