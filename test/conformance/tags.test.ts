// `basic_tags`, `tag_mutation`: words by which a run is found, given at its start or later, in any script; bad ones are refused and change nothing.

import { expect, it } from 'vitest';
import { Flow } from './flow.ts';
import { graphsNamed } from './graphs.ts';

const THREE = graphsNamed('linear', 'foreach', 'switch');

it.each(THREE)('a run is found by its tags: $name', async (graph) => {
  const flow = new Flow(graph, { code: () => '' });
  expect((await flow.run('--tag', '刺身-means-sashimi', '--tag', 'several-are-ok')).code).toBe(0);
  expect((await flow.run()).code).toBe(0);
  expect([...(await flow.look()).tags].sort()).toEqual(['several-are-ok', '刺身-means-sashimi']);
  expect(await flow.project.python('import headwater\nf = headwater.Flow("nb")\nprint([r.id for r in f.runs("刺身-means-sashimi")], [r.id for r in f.runs("刺身-means-sashimi", "other")], [r.id for r in f])')).toBe("['nb/1'] [] ['nb/2', 'nb/1']\n");
});

it.each(THREE)('tags come and go: $name', async (graph) => {
  const flow = new Flow(graph, { code: () => '' });
  const { project } = flow;
  const tags = async () => [...(await flow.look()).tags].sort();
  expect((await flow.run()).code).toBe(0);
  await project.headwater('tag', 'nb/1', '--add', 'AAA', '--add', 'BBB');
  await project.headwater('tag', 'nb/1', '--remove', 'AAA', '--remove', 'BBB', '--add', 'CCC', '--add', 'BBB', '--add', '新想法');
  expect(await tags()).toEqual(['BBB', 'CCC', '新想法']);
  expect((await project.headwater('tag', 'nb/1', '--add', '')).code).toBe(2);
  expect((await project.headwater('tag', 'nb/1', '--add', 'a'.repeat(600))).code).toBe(2);
  expect(await tags()).toEqual(['BBB', 'CCC', '新想法']);
  expect((await flow.run('--tag', 'two words')).stderr).toBe('✗ `two words` cannot be a tag of a run.\n  A tag is a word of at most 100 letters, without spaces, commas and #.\n');
  await project.headwater('tag', 'nb/1', '--remove', 'BBB', '--remove', 'CCC', '--remove', '新想法');
  expect(await tags()).toEqual([]);
});
