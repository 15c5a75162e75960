// Who may start beside whom: cores, memory and GPUs as tags ask for them.

import { NO_ASKS, type Asks, type PlannedStep } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { bind, control, executed, Script, split, step } from './testing/script.ts';

const asks = (part: Partial<Asks>): { asks: Asks } => ({ asks: { ...NO_ASKS, ...part } });

/** A run, and the ids of the attempts that started with what each was told of its room. */
function start(steps: readonly PlannedStep[], more: { workers: number; memoryBytes?: number; gpus?: number }): { script: Script; started: string[] } {
  const started: string[] = [];
  const script = new Script(steps, {
    ...more,
    onStart: ({ issued, setting }) => {
      started.push(`${issued.id}${setting.memoryLimit === null ? '' : ` ${setting.memoryLimit}`}${setting.gpus === null ? '' : ` [${setting.gpus.join()}]`}`);
    },
  });
  return { script, started };
}

describe('room', () => {
  it('is counted in cores', () => {
    const { script, started } = start([step('a', [], asks({ cpus: 3 })), step('b', [], asks({ cpus: 2 })), step('c', [], asks({ cpus: 1 }))], { workers: 4 });
    expect(started).toEqual(['a.0']);
    script.put(executed('a.0'));
    expect(started).toEqual(['a.0', 'b.0', 'c.0']);
  });

  it('is counted in memory', () => {
    const { script, started } = start([step('a', [], asks({ memoryBytes: 6 })), step('b', [], asks({ memoryBytes: 5 })), step('c', [])], { workers: 4, memoryBytes: 10 });
    expect(started).toEqual(['a.0 6']);
    script.put(executed('a.0'));
    expect(started).toEqual(['a.0 6', 'b.0 5', 'c.0']);
  });

  it('deals GPUs out, each to one', () => {
    const { script, started } = start([step('a', [], asks({ gpus: 1 })), step('b', [], asks({ gpus: 2 })), step('c', [])], { workers: 4, gpus: 2 });
    expect(started).toEqual(['a.0 [0]']);
    script.put(executed('a.0'));
    expect(started).toEqual(['a.0 [0]', 'b.0 [0,1]', 'c.0']);
  });

  it('is taken where the list was made by what takes it apart, which asks for nothing', () => {
    const there = { where: 'kubernetes' as const };
    const found: [string, number | null, Asks | undefined][] = [];
    const run = new Script([step('load', []), step('train', ['load'], { ...there, ...asks({ gpus: 8, memoryBytes: 100 }), ...control({ foreach: { item: 'lr', list: 'rates' } }) })], {
      workers: 2, onStart: ({ issued, setting }) => found.push([issued.id, setting.memoryLimit, setting.asks]),
    });
    run.put(executed('load.0', bind('load.0', 'rates')));
    expect(run.state.active.get('train[].0')).toMatchObject({ where: 'local', bytes: 0 });
    run.put(split('train[].0', 1));
    expect(run.state.active.get('train[0].0')).toMatchObject({ where: 'kubernetes', bytes: 100 });
    expect(found).toEqual([['load.0', null, undefined], ['train[].0', null, NO_ASKS], ['train[0].0', 100, undefined]]);
  });

  it('grows with every try for lack of memory', () => {
    const { script, started } = start([step('a', [], { ...asks({ memoryBytes: 100 }), ...control({ retries: [{ times: 2, cause: 'oom' }] }) })], { workers: 1 });
    for (const id of ['a.0', 'a.1']) script.put({ type: 'task-died', id, report: { type: 'died', id, cause: 'memory', code: 9, sentence: 'killed', cell: 0, peakBytes: 1 } });
    expect(started).toEqual(['a.0 100', 'a.1 150', 'a.2 225']);
  });
});
