import { expect, it } from 'vitest';
import { INITIAL_STATE, type RunState } from '@headwater/engine';
import { compareWithRunAll, hintsOnCosts } from './costs.ts';

function ran(...costs: [string, number, number][]): RunState {
  const steps = costs.map(([name, runMs, saveMs]) => ({ plan: { name }, status: 'done', current: { report: { cost: { loadMs: 0, runMs, saveMs } } } }));
  return { ...INITIAL_STATE, status: 'done', steps: steps as unknown as RunState['steps'] };
}

it('says how a run compares with Run All', () => {
  expect(compareWithRunAll(ran(['setup.1', 500, 1], ['a', 1000, 3], ['b', 2500, 9]), 3000)).toEqual(['Its cells alone took 4.0 s: 1.0 s less than Run All.']);
  expect(compareWithRunAll(ran(['a', 1000, 3]), 1200)).toEqual(['Its cells alone took 1.0 s: 0.2 s more than Run All.']);
  expect(compareWithRunAll({ ...ran(['a', 1000, 3]), status: 'failed' }, 1200)).toEqual([]);
});

it('hints at steps that cost more than they compute', () => {
  expect(hintsOnCosts(ran(['setup.1', 0, 900], ['a', 50, 700], ['b', 1, 20], ['c', 900, 700]).steps)).toEqual([
    'Step `a` computes for 0.1 s and takes 0.7 s to load and keep its values: join it with its neighbour.',
  ]);
});
