// Results of earlier runs are looked for before anything runs: that takes no worker, and what was not found waits for one.

import { expect, it } from 'vitest';
import { began, bind, control, executed, Script, split, step } from './testing/script.ts';

const sought = { sought: true };
const found = (id: string, ...names: string[]) => executed(id, bind(id, ...names), { origin: `old/1/${id}` });

it('looks for many at once, and runs what it did not find as workers are free', () => {
  const run = new Script([step('a', [], sought), step('b', [], sought), step('c', [], sought)], { workers: 1 });
  expect(run.lines).toEqual(['issue a.0 sought in turn', '  seek a.0', 'issue b.0 sought', '  seek b.0', 'issue c.0 sought', '  seek c.0']);
  expect(run.put({ type: 'task-missed', id: 'b.0' })).toEqual(['issue b.0', '  start b.0 sees {}']);
  expect(run.put({ type: 'task-missed', id: 'c.0' })).toEqual([]);
  expect(run.put(found('a.0', 'x'))).toEqual(['task-committed a.0']);
  expect(run.put(executed('b.0'))).toEqual(['task-committed b.0', 'issue c.0 in turn', '  start c.0 sees {"x":"a.0"}']);
  run.put(executed('c.0'));
  expect(run.state.steps.map(({ plan, status }) => [plan.name, status])).toEqual([['a', 'reused'], ['b', 'done'], ['c', 'done']]);
});

it('comes past all branches that are there to the first that is not', () => {
  const run = new Script([step('load', [], sought), step('each', ['load'], { ...sought, ...control({ foreach: { item: 'x', list: 'xs' } }) })], { workers: 1 });
  run.put(found('load.0', 'xs'));
  expect(run.put(split('each[].0', 3))).toEqual([
    'task-committed each[].0', 'issue each[0].0 sought in turn', '  seek each[0].0', 'issue each[1].0 sought in turn', '  seek each[1].0', 'issue each[2].0 sought in turn', '  seek each[2].0',
  ]);
  expect(run.put({ type: 'task-missed', id: 'each[2].0' })).toEqual(['issue each[2].0 in turn', expect.stringContaining('  start each[2].0')]);
  expect(run.put({ type: 'task-missed', id: 'each[1].0' })).toEqual([]);
  expect(run.put(found('each[0].0'))).toEqual(['task-committed each[0].0']);
  expect(run.put(executed('each[2].0'))).toEqual(['task-committed each[2].0', 'issue each[1].0 in turn', expect.stringContaining('  start each[1].0')]);
});

it('looks again when what it ran on proves wrong', () => {
  const run = new Script([step('a', []), step('b', [], sought)], { workers: 2 });
  expect(run.put({ type: 'task-missed', id: 'b.0' })).toEqual(['issue b.0', '  start b.0 sees {}']);
  run.put(began('b.0', { x: null }));
  expect(run.put(executed('a.0', bind('a.0', 'x')))).toEqual(['task-committed a.0', 'discard b.0 (x by a)', '  stop b.0', 'issue b.1 sought in turn', '  seek b.1']);
});

it('ends nothing that has no process when the run is stopped', () => {
  const run = new Script([step('a', [], sought), step('b', [])], { workers: 2 });
  expect(run.put({ type: 'stop-requested', by: 'SIGINT' })).toEqual(['task-stopped b.0', '  stop b.0', 'task-stopped a.0', 'run stopped']);
  expect(run.put({ type: 'task-missed', id: 'a.0' })).toEqual([]);
});
