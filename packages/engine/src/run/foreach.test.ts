// Branches as events and commands: who starts when, what each sees, what becomes of one that fails.

import { describe, expect, it } from 'vitest';
import { isFrame } from './frames.ts';
import { bind, control, executed, Script, split, step } from './testing/script.ts';

const foreach = (item: string, list: string) => control({ foreach: { item, list } });
const join = control({ join: { all: [] } });
const failure = { type: 'ValueError', message: 'no', traceback: '', cell: 0, line: 1 };

/** `load` binds `rates`; `train` opens, `score` goes on, `pick` joins, `end` follows. */
const FLOW = [
  step('load', []), step('train', ['load'], foreach('lr', 'rates')), step('score', ['train']), step('pick', ['score'], join), step('end', ['load']),
];

function afterLoad(workers = 2): Script {
  const run = new Script(FLOW, { workers });
  run.put(executed('load.0', bind('load.0', 'rates')));
  return run;
}

describe('a foreach', () => {
  it('takes the list apart, then runs branches in the order of the list', () => {
    const run = new Script(FLOW, { workers: 2 });
    expect(run.put(executed('load.0', bind('load.0', 'rates')))).toEqual([
      'task-committed load.0', 'issue train[].0 in turn', '  start train[].0 sees {"rates":"load.0"}', 'issue end.0', '  start end.0 sees {"rates":"load.0"}',
    ]);
    expect(run.put(executed('end.0', { reads: { rates: 'load.0' } }))).toEqual([]);
    expect(run.put(split('train[].0', 3))).toEqual([
      'task-committed train[].0',
      'issue train[0].0 in turn', '  start train[0].0 sees {"rates":"load.0","lr":"train[].0"}',
      'issue train[1].0 in turn', '  start train[1].0 sees {"rates":"load.0","lr":"train[].0"}',
    ]);
    expect(run.put(executed('train[1].0', bind('train[1].0', 'm')))).toEqual([
      'task-committed train[1].0', 'issue score[1].0 in turn', '  start score[1].0 sees {"rates":"load.0","lr":"train[].0","m":"train[1].0"}',
    ]);
    expect(run.put(executed('score[1].0'))).toEqual(['task-committed score[1].0', 'issue train[2].0 in turn', '  start train[2].0 sees {"rates":"load.0","lr":"train[].0"}']);
    for (const id of ['train[0].0', 'score[0].0', 'train[2].0']) run.put(executed(id));
    expect(run.put(executed('score[2].0'))).toEqual(['task-committed score[2].0', 'issue pick.0 in turn', '  start pick.0 sees {"rates":"load.0"}']);
    expect(run.put(executed('pick.0'))).toEqual(['task-committed pick.0', 'task-committed end.0', 'run done']);
  });

  it('tells the join what committed in each branch, in the order of the list', () => {
    const run = afterLoad(1);
    run.put(split('train[].0', 2));
    const settings: unknown[] = [];
    run.onStart = ({ setting }) => settings.push(setting.inputs);
    for (const id of ['train[0].0', 'score[0].0', 'train[1].0', 'score[1].0']) run.put(executed(id));
    expect(settings.at(-1)).toEqual({ item: 'lr', split: 'train[].0', all: [], branches: [['train[0].0', 'score[0].0'], ['train[1].0', 'score[1].0']] });
  });

  it('of nothing has no branches, and a join', () => {
    const run = afterLoad();
    run.put(executed('end.0'));
    expect(run.put(split('train[].0', 0))).toEqual(['task-committed train[].0', 'issue pick.0 in turn', '  start pick.0 sees {"rates":"load.0"}']);
  });

  it('that nothing closes ends with the run', () => {
    const run = new Script([step('load', []), step('train', ['load'], foreach('lr', 'rates'))]);
    run.put(executed('load.0'));
    run.put(split('train[].0', 1));
    expect(run.put(executed('train[0].0'))).toEqual(['task-committed train[0].0', 'run done']);
  });

  it('lets other branches finish when one fails, then fails with all that failed', () => {
    const run = afterLoad();
    run.put(executed('end.0'));
    run.put(split('train[].0', 3));
    expect(run.put(executed('train[0].0', {}, { outcome: 'failed', failure }))).toEqual(['task-failed train[0].0', 'issue train[2].0 in turn', '  start train[2].0 sees {"rates":"load.0","lr":"train[].0"}']);
    run.put(executed('train[1].0', {}, { outcome: 'failed', failure }));
    run.put(executed('train[2].0'));
    expect(run.put(executed('score[2].0'))).toEqual(['task-committed score[2].0', 'run failed']);
    expect(run.state.failures.map((each) => each.step)).toEqual(['train[0]', 'train[1]']);
    expect(run.state.failed).toEqual({ step: 'train[0]', failure });
  });

  it('stops all branches at once when asked to fail fast', () => {
    const run = new Script(FLOW, { workers: 2, failFast: true });
    run.put(executed('load.0', bind('load.0', 'rates')));
    run.put(executed('end.0'));
    run.put(split('train[].0', 3));
    expect(run.put(executed('train[0].0', {}, { outcome: 'failed', failure }))).toEqual(['task-failed train[0].0', 'task-stopped train[1].0', '  stop train[1].0', 'run failed']);
  });

  it('fails as a step where the list is none', () => {
    const run = afterLoad();
    run.put(executed('end.0'));
    expect(run.put(executed('train[].0', {}, { outcome: 'failed', failure }))).toEqual(['task-failed train[].0', 'run failed']);
    expect(run.state.failed?.step).toBe('train');
  });

  it('keeps a guess inside its branch', () => {
    const flow = [step('load', []), step('a', ['load'], foreach('x', 'xs')), step('b', []), step('j', [], join)];
    const run = new Script(flow, { workers: 4 });
    run.put(executed('load.0'));
    run.put(split('a[].0', 2));
    // b[0] ran beside a[0] and read y before a[0] bound it; in the other branch nothing was wrong.
    run.put(executed('b[0].0', { reads: { y: null } }));
    run.put(executed('b[1].0', { reads: { y: null } }));
    expect(run.put(executed('a[0].0', bind('a[0].0', 'y')))).toEqual(['task-committed a[0].0', 'discard b[0].0 (y by a)', '  stop b[0].0', 'issue b[0].1 in turn', '  start b[0].1 sees {"x":"a[].0","y":"a[0].0"}']);
    expect(run.put(executed('a[1].0'))).toEqual(['task-committed a[1].0', 'task-committed b[1].0']);
    expect(run.state.learned).toEqual([{ from: 'a', to: 'b', names: ['y'], code: ['a', 'b'] }]);
  });

  it('of 1 200 keeps no more of a branch that is over than it needs', () => {
    const run = new Script([step('load', []), step('a', ['load'], foreach('x', 'xs')), step('j', ['a'], join)], { workers: 8 });
    run.put(executed('load.0'));
    run.put(split('a[].0', 1200));
    for (let at = 0; at < 1200; at += 1) run.put(executed(`a[${at}].0`, bind(`a[${at}].0`, 'r')));
    const branches = [...(run.state.steps[1]?.fan?.branches ?? [])];
    expect([branches.length, branches.some(isFrame)]).toEqual([1200, false]);
    expect(run.lines.filter((line) => /^issue a\[\d/.test(line)).map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual(Array.from({ length: 1200 }, (_, at) => at));
    expect(run.put(executed('j.0'))).toEqual(['task-committed j.0', 'run done']);
  });
});

describe('a foreach in a foreach', () => {
  const NESTED = [
    step('load', []), step('out', ['load'], foreach('a', 'as')), step('in', ['out'], foreach('b', 'bs')), step('mid', ['in'], join), step('all', ['mid'], join),
  ];

  it('addresses by both places, and joins one level at a time', () => {
    const run = new Script(NESTED, { workers: 1 });
    run.put(executed('load.0', bind('load.0', 'as')));
    run.put(split('out[].0', 2));
    const id = (line: string | undefined) => /issue (\S+)/.exec(line ?? '')?.[1] ?? '';
    const order: string[] = [];
    for (let next = id(run.lines.findLast((line) => line.startsWith('issue'))); run.state.status === 'running'; next = id(run.lines.findLast((line) => line.startsWith('issue')))) {
      order.push(next);
      run.put(next.startsWith('in[') && next.includes(',]') ? split(next, next.startsWith('in[0') ? 2 : 0) : executed(next));
    }
    expect(order).toEqual(['out[0].0', 'in[0,].0', 'in[0,0].0', 'in[0,1].0', 'mid[0].0', 'out[1].0', 'in[1,].0', 'mid[1].0', 'all.0']);
    expect(run.state.status).toBe('done');
  });

  it('fails the outer branch with the inner one, and only that', () => {
    const run = new Script(NESTED, { workers: 4 });
    run.put(executed('load.0'));
    run.put(split('out[].0', 2));
    run.put(executed('out[0].0'));
    run.put(split('in[0,].0', 1));
    run.put(executed('in[0,0].0', {}, { outcome: 'failed', failure }));
    run.put(executed('out[1].0'));
    run.put(split('in[1,].0', 0));
    expect(run.put(executed('mid[1].0'))).toEqual(['task-committed mid[1].0', 'run failed']);
    expect(run.state.failed).toEqual({ step: 'in[0,0]', failure });
  });
});

describe('values that cannot be stored, around branches', () => {
  const stone = (id: string) => ({ tombstones: { g: { version: id, type: 'Connection', reason: 'a connection', step: 'load', with: [] } } });
  const flow = [step('load', []), step('a', ['load'], { ...foreach('x', 'xs'), reads: ['g'] }), step('j', ['a'], join)];

  it('are made again in every branch that reads them', () => {
    const run = new Script(flow, { workers: 2 });
    run.put(executed('load.0', stone('load.0'), { parked: true }));
    expect(run.put(split('a[].0', 2))).toEqual([
      'task-committed a[].0',
      'issue a[0]~load.0 in turn replays load.0', '  start a[0]~load.0 sees {}',
      'issue a[1]~load.0 in turn replays load.0', '  start a[1]~load.0 sees {}',
    ]);
    expect(run.put(executed('a[0]~load.0', stone('a[0]~load.0'), { parked: true }))).toEqual([
      'issue a[0].0 in turn inside a[0]~load.0', '  start a[0].0 sees {"x":"a[].0"}',
    ]);
    // The branch is over: nobody else may read in its process.
    expect(run.put(executed('a[0].0', {}, { parked: true }))).toEqual(['task-committed a[0].0', '  stop a[0]~load.0']);
  });

  it('fail the branch that needs them when their maker wrote outside', () => {
    const run = new Script(flow, { workers: 2 });
    run.put(executed('load.0', stone('load.0'), { parked: true, effect: true }));
    run.put(split('a[].0', 1));
    expect(run.state.failed?.failure?.message).toBe('a reads `g` (a connection) of load, which cannot be stored, and load wrote outside, so it cannot run twice. Put both in one step, or make it in setup.');
    expect(run.state.status).toBe('failed');
  });
});
