// Conditions, loops, retries and catches as events and commands.

import { describe, expect, it } from 'vitest';
import type { Died, EventBody } from '@headwater/protocol';
import { bind, control, executed, Script, split, step } from './testing/script.ts';

const facts = (truth: boolean | null, text: string | null = String(truth)) => ({ truth, text });
const failed = { outcome: 'failed' as const, failure: { type: 'ValueError', message: 'no', traceback: '', cell: 0, line: 1 } };
const died = (id: string, cause: Died['cause']): EventBody => ({ type: 'task-died', id, report: { type: 'died', id, cause, code: 9, sentence: 'it died', cell: 0, peakBytes: 0 } });

describe('when', () => {
  const when = (...conditions: { name: string; negated?: boolean; value?: string }[]) => control({ when: conditions.map((each) => ({ negated: false, value: null, ...each })) });
  const runWith = (conditions: Parameters<typeof when>, truth: ReturnType<typeof facts>) => {
    const run = new Script([step('a', []), step('b', [], when(...conditions)), step('c', [])], { workers: 1 });
    run.put(executed('a.0', bind('a.0', 'x'), { values: { x: truth } }));
    return run;
  };

  it.each([
    [[{ name: 'x' }], facts(true), 'issue b.0 in turn'],
    [[{ name: 'x' }], facts(false), 'skip b (`x` is not true)'],
    [[{ name: 'x', negated: true }], facts(true), 'skip b (`x` is true)'],
    [[{ name: 'x', value: '3' }], facts(true, '3'), 'issue b.0 in turn'],
    [[{ name: 'x', value: '3' }], facts(true, '4'), 'skip b (`x` is not 3)'],
    [[{ name: 'x' }, { name: 'x', value: '4' }], facts(true, '3'), 'skip b (`x` is not 4)'],
    [[{ name: 'y' }], facts(true), 'task-failed b'],
    [[{ name: 'x' }], facts(null), 'task-failed b'],
  ])('%j of %j: %s', (conditions, truth, expected) => {
    expect(runWith(conditions, truth).lines).toContain(expected);
  });

  it('says why it cannot be told', () => {
    expect(runWith([{ name: 'y' }], facts(true)).state.failed?.failure?.message).toBe('Whether b runs depends on `y`, but no step above binds `y`.');
    expect(runWith([{ name: 'x' }], facts(null)).state.failed?.failure?.message).toBe('Whether b runs depends on `x`, but `bool(x)` raised.');
  });

  it('is what a name is missing for', () => {
    const run = new Script([step('a', []), step('b', [], { binds: ['y'], ...when({ name: 'x' }) }), step('c', [])], { workers: 1 });
    run.put(executed('a.0', bind('a.0', 'x'), { values: { x: facts(false) } }));
    const missing = (name: string) => ({ outcome: 'failed' as const, failure: { type: 'NameError', message: `name '${name}' is not defined`, traceback: '', cell: 2, line: 1 } });
    run.put(executed('c.0', {}, missing('y')));
    expect(run.state.failed?.failure?.message).toBe("name 'y' is not defined: only b binds it, which was skipped, since `x` is not true");
    const other = new Script([step('a', []), step('b', [], { binds: ['y'], ...when({ name: 'x' }) }), step('c', [])], { workers: 1 });
    other.put(executed('a.0', bind('a.0', 'x'), { values: { x: facts(false) } }));
    other.put(executed('c.0', {}, missing('z')));
    expect(other.state.failed?.failure?.message).toBe("name 'z' is not defined");
  });

  it('on a foreach skips through the join', () => {
    const run = new Script([step('a', []), step('b', [], control({ foreach: { item: 'i', list: 'x' }, when: [{ name: 'x', negated: false, value: null }] })), step('c', []), step('d', [], control({ join: { all: [] } })), step('e', ['d'])], { workers: 1 });
    expect(run.put(executed('a.0', bind('a.0', 'x'), { values: { x: facts(false) } }))).toEqual(['task-committed a.0', 'skip b[] (`x` is not true)', 'issue e.0 in turn', '  start e.0 sees {"x":"a.0"}']);
    expect(run.state.steps.map(({ status }) => status)).toEqual(['done', 'skipped', 'skipped', 'skipped', 'running']);
  });

  it('asks for the item of the branch', () => {
    const run = new Script([step('a', []), step('b', [], control({ foreach: { item: 'i', list: 'x' } })), step('c', [], when({ name: 'i', value: '1' }))], { workers: 1 });
    run.put(executed('a.0', bind('a.0', 'x')));
    run.put(split('b[].0', 2, { values: [facts(false, '0'), facts(true, '1')] }));
    run.put(executed('b[0].0'));
    expect(run.lines).toContain('skip c[0] (`i` is not 1)');
    run.put(executed('b[1].0'));
    expect(run.put(executed('c[1].0'))).toEqual(['task-committed c[1].0', 'run done']);
  });
});

describe('until', () => {
  const loop = (max: number) => new Script([step('a', [], control({ until: { name: 'done', max } })), step('b', ['a'])], { workers: 1 });
  const iteration = (at: number, done: boolean) => executed(`a@${at}.0`, bind(`a@${at}.0`, 'done', 'n'), { values: { done: facts(done) } });

  it('repeats on what the last time left', () => {
    const run = loop(9);
    expect(run.put(iteration(0, false))).toEqual(['task-committed a@0.0', 'issue a@1.0 in turn', '  start a@1.0 sees {"done":"a@0.0","n":"a@0.0"}']);
    expect(run.put(iteration(1, true))).toEqual(['task-committed a@1.0', 'issue b.0 in turn', '  start b.0 sees {"done":"a@1.0","n":"a@1.0"}']);
  });

  it('ends at its max with a word, not a failure', () => {
    const run = loop(2);
    run.put(iteration(0, false));
    expect(run.put(iteration(1, false))).toEqual(['task-committed a@1.0', 'issue b.0 in turn', '  start b.0 sees {"done":"a@1.0","n":"a@1.0"}']);
    expect(run.state.steps[0]?.note).toBe('ended after 2 iterations, `done` is still not true');
  });

  it('fails when nothing binds its name', () => {
    const run = loop(2);
    run.put(executed('a@0.0'));
    expect(run.state.failed?.failure?.message).toBe('a repeats until `done` is true, but does not bind `done`.');
  });
});

describe('retry', () => {
  const flow = (part: Parameters<typeof control>[0]) => new Script([step('a', [], control(part)), step('b', ['a'])], { workers: 1 });
  const any = (times: number) => ({ retries: [{ times, cause: 'any' as const }] });

  it('tries again from the start, as often as it may', () => {
    const run = flow(any(1));
    expect(run.put(executed('a.0', {}, failed))).toEqual(['retry a.0 after 0', 'issue a.1 in turn', '  start a.1 sees {}']);
    expect(run.put(executed('a.1', {}, failed))).toEqual(['task-failed a.1', 'run failed']);
  });

  it('holds nothing while it waits', () => {
    const run = flow({ ...any(1), retryWaitMs: 500 });
    expect(run.put(executed('a.0', {}, failed))).toEqual(['retry a.0 after 500', '  wait 500 for a']);
    expect(run.state.active.size).toBe(0);
    expect(run.put({ type: 'task-due', id: 'a' })).toEqual(['issue a.1 in turn', '  start a.1 sees {}']);
  });

  it.each([
    ['infra', 'start', true], ['infra', 'signal', false], ['oom', 'memory', true], ['oom', 'exit', false], ['any', 'memory', true], ['any', 'signal', true],
  ] as const)('%s after the end by %s: %s', (cause, end, again) => {
    const run = flow({ retries: [{ times: 1, cause }] });
    expect(run.put(died('a.0', end))[0]).toBe(again ? 'retry a.0 after 0' : 'task-failed a.0');
  });

  it('counts no guess', () => {
    const run = new Script([step('x', []), step('a', [], control(any(1)))], { workers: 2 });
    run.put(executed('a.0', { reads: { y: null } }, failed));
    expect(run.put(executed('x.0', bind('x.0', 'y')))).toEqual(['task-committed x.0', 'discard a.0 (y by x)', '  stop a.0', 'issue a.1 in turn', '  start a.1 sees {"y":"x.0"}']);
    expect(run.put(executed('a.1', { reads: { y: 'x.0' } }, failed))[0]).toBe('retry a.1 after 0');
  });

  it('starts over in every iteration', () => {
    const run = flow({ ...any(1), until: { name: 'done', max: 3 } });
    run.put(executed('a@0.0', {}, failed));
    run.put(executed('a@0.1', bind('a@0.1', 'done'), { values: { done: facts(false) } }));
    expect(run.put(executed('a@1.0', {}, failed))[0]).toBe('retry a@1.0 after 0');
  });
});

describe('catch', () => {
  const flow = (part: Parameters<typeof control>[0] = {}) => new Script([step('a', [], control({ catches: 'oops', ...part })), step('b', ['a'])], { workers: 1 });

  it('goes on with what the step left', () => {
    const run = flow();
    expect(run.put(executed('a.0', bind('a.0', 'x', 'oops'), { ...failed, caught: true }))).toEqual(['task-caught a.0', 'issue b.0 in turn', '  start b.0 sees {"x":"a.0","oops":"a.0"}']);
    expect(run.state.steps[0]?.status).toBe('caught');
  });

  it('binds the failure of a process that died by another', () => {
    const run = flow();
    expect(run.put(died('a.0', 'signal'))).toEqual(['issue a.1 catches Died in turn', '  start a.1 sees {}']);
    expect(run.put(executed('a.1', bind('a.1', 'oops')))).toEqual(['task-caught a.1', 'issue b.0 in turn', '  start b.0 sees {"oops":"a.1"}']);
  });

  it('comes after the last try', () => {
    const run = flow({ retries: [{ times: 1, cause: 'any' }] });
    expect(run.put(died('a.0', 'signal'))[0]).toBe('retry a.0 after 0');
    expect(run.put(died('a.1', 'signal'))[0]).toBe('issue a.2 catches Died in turn');
  });

  it('gives up when the other process dies too', () => {
    const run = flow();
    run.put(died('a.0', 'signal'));
    expect(run.put(died('a.1', 'signal'))).toEqual(['task-failed a.1', 'run failed']);
    expect(run.state.failed?.failure?.type).toBe('Died');
  });

  it('takes a timeout for a failure', () => {
    const run = flow();
    const report: Died = { type: 'died', id: 'a.0', cause: 'timeout', code: 0, sentence: 'it ran longer than its timeout of 1s', cell: null, peakBytes: 0 };
    expect(run.put({ type: 'task-expired', id: 'a.0', report })).toEqual(['  stop a.0', 'issue a.1 catches Timeout in turn', '  start a.1 sees {}']);
  });
});
