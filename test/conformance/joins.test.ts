// `merge_artifacts`, `merge_artifacts_include`, `merge_artifacts_propagation`: what passes a join of branches, what is collected, and what is gone.

import { expect, it } from 'vitest';
import type { Here } from './flow.ts';
import { Flow } from './flow.ts';
import { FANS, type Graph } from './graphs.ts';

const closes = ({ place }: Here) => place.closes?.kind === 'each';
/** The outermost join: below it nothing of a branch is left. */
const isLast = (here: Here) => closes(here) && !here.is.branch;

it.each(FANS)('what no branch changed passes a join, what they changed is as it was before: $name', async (graph: Graph) => {
  const flow = new Flow(graph, {
    shared: ['same', 'changed', 'grown', 'gone', 'absent'],
    code: (here) => {
      if (here.is.start) return 'same = "a"\nchanged = "c"\ngrown = []';
      if (isLast(here)) return 'assert (same, changed, grown) == ("a", "c", [])\ngone = "mine" in globals()\nassert {b.changed for b in inputs} == {"branch"} and all(b.grown for b in inputs) and {b.same for b in inputs} == {"a"}\ntry:\n    inputs[0].foobar\nexcept AttributeError as error:\n    absent = str(error).split(";")[0]';
      return here.is.branch ? 'changed = "branch"\ngrown.append(1)\nmine = 1' : '';
    },
  });
  expect((await flow.run()).code).toBe(0);
  const { absent, ...data } = (await flow.look()).data;
  expect(data).toEqual({ same: 'a', changed: 'c', grown: [], gone: false });
  expect(absent).toMatch(/^branch \S+\[0\] has no `foobar`$/);
});

it.each(FANS)('a join collects what its tag names: $name', async (graph: Graph) => {
  const flow = new Flow(graph, {
    shared: ['all', 'sum'], tags: (here) => (closes(here) ? 'join:all=mine' : ''),
    code: (here) => (isLast(here) ? 'sum = len(all)' : closes(here) ? 'mine = all' : here.is.branch ? 'mine = 1' : ''),
  });
  expect((await flow.run()).code).toBe(0);
  const looked = await flow.look();
  const [outermost = 0, ...inner] = flow.plan.flatMap(({ step }) => (step.each === undefined ? [] : [step.each.of.length]));
  expect([looked.data['sum'], (looked.data['all'] as unknown[]).flat(inner.length)]).toEqual([outermost, Array.from({ length: inner.reduce((all, each) => all * each, outermost) }, () => 1)]);
});

it.each(FANS)('names that differ from branch to branch are found in their branch: $name', async (graph: Graph) => {
  const flow = new Flow(graph, {
    shared: ['found'], above: [['setup', 'import headwater']],
    code: (here) => (isLast(here) ? 'found = [b[f"var{b.index}"] for b in inputs]' : here.is.branch && !here.is.join ? 'globals()[f"var{headwater.current.indices[0]}"] = headwater.current.indices[0]' : ''),
  });
  expect((await flow.run()).code).toBe(0);
  const count = flow.plan.find(({ step }) => step.each !== undefined)?.step.each?.of.length ?? 0;
  expect((await flow.look()).data).toEqual({ found: Array.from({ length: count }, (_, at) => at) });
});
