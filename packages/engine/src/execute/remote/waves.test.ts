import { describe, expect, it } from 'vitest';
import { NO_ASKS, type Asks } from '@headwater/protocol';
import { groupAlike, makeWave, type Alike, type Issued } from './waves.ts';

const issue = (step: string, process: string, asks: Partial<Asks> = {}): Issued => ({
  step,
  process: {
    flow: 'churn', run: 1, hashSeed: 7, asks: { ...NO_ASKS, ...asks }, wave: null,
    start: { packages: [], store: 's3://team/flows', prefix: 'flows/churn/runs/00000001', aloneSeconds: 60, wire: `w/${process}`, process, try: 0 },
  },
});
const names = (groups: readonly Alike<Issued>[]) => groups.map((group) => group.map(({ process }) => process.start.process));

describe('what is submitted as one', () => {
  it('is of one step, in the order of its issue', () => {
    expect(names(groupAlike([issue('a', 'a[0].0'), issue('b', 'b.0'), issue('a', 'a[1].0')]))).toEqual([['a[0].0', 'a[1].0'], ['b.0']]);
  });

  it('asks for the same: a branch that ran out of memory is given more, by itself', () => {
    expect(names(groupAlike([issue('a', 'a[0].0'), issue('a', 'a[1].1', { memoryBytes: 2e9 }), issue('a', 'a[2].0')]))).toEqual([['a[0].0', 'a[2].0'], ['a[1].1']]);
  });

  it('is never more than a place takes', () => {
    expect(groupAlike(Array.from({ length: 20_001 }, (_, at) => issue('a', `a[${at}].0`))).map(({ length }) => length)).toEqual([10_000, 10_000, 1]);
  });

  it('is told where to look for its own beginning', () => {
    const wave = makeWave([issue('a', 'a[3].0'), issue('a', 'a[4].0')]);
    expect(wave.start).toEqual({ packages: [], store: 's3://team/flows', prefix: 'flows/churn/runs/00000001', aloneSeconds: 60, wave: 'flows/churn/runs/00000001/waves/a[3].0.json' });
    expect(wave.processes.map((each) => each.wave)).toEqual([{ key: wave.start.wave, index: 0 }, { key: wave.start.wave, index: 1 }]);
  });
});
