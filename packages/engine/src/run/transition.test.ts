// The course of a run as events and commands, without any process: what a worker would report is written down here.

import { describe, expect, it } from 'vitest';
import { began, bind, executed, Script, step } from './testing/script.ts';

describe('a run', () => {
  it('issues branches at once and commits them in notebook order', () => {
    const run = new Script([step('a', []), step('b', ['a']), step('c', ['a']), step('d', ['b', 'c'])]);
    expect(run.lines).toEqual(['issue a.0 in turn', '  start a.0 sees {}']);
    expect(run.put(executed('a.0', bind('a.0', 'x')))).toEqual([
      'task-committed a.0', 'issue b.0 in turn', '  start b.0 sees {"x":"a.0"}', 'issue c.0', '  start c.0 sees {"x":"a.0"}',
    ]);
    expect(run.put(executed('c.0', { reads: { x: 'a.0' }, ...bind('c.0', 'z') }))).toEqual([]);
    expect(run.put(executed('b.0', { reads: { x: 'a.0' }, ...bind('b.0', 'y') }))).toEqual([
      'task-committed b.0', 'task-committed c.0', 'issue d.0 in turn', '  start d.0 sees {"x":"a.0","y":"b.0","z":"c.0"}',
    ]);
    expect(run.put(executed('d.0', { reads: { y: 'b.0', z: 'c.0' } }))).toEqual(['task-committed d.0', 'run done']);
  });

  it('discards a guess that an earlier step contradicts, and remembers the edge', () => {
    const run = new Script([step('a', []), step('b', ['a']), step('c', ['a'])]);
    run.put(executed('a.0', bind('a.0', 'x')));
    run.put(began('c.0', { x: 'a.0' }));
    expect(run.put(executed('b.0', { reads: { x: 'a.0' }, ...bind('b.0', 'x') }))).toEqual([
      'task-committed b.0', 'discard c.0 (x by b)', '  stop c.0', 'issue c.1 in turn', '  start c.1 sees {"x":"b.0"}',
    ]);
    run.put(executed('c.1', { reads: { x: 'b.0' } }));
    expect(run.state.status).toBe('done');
    expect(run.state.learned).toEqual([{ from: 'b', to: 'c', names: ['x'], code: ['b', 'c'] }]);
  });

  it('does not discard for ever what found a name missing that is deleted', () => {
    const run = new Script([step('a', []), step('b', ['a']), step('c', ['b'])]);
    run.put(executed('a.0', bind('a.0', 'x')));
    run.put(executed('b.0', { reads: { x: 'a.0' }, unbinds: ['x'] }));
    expect(run.put(began('c.0', { x: null }))).toEqual([]);
    expect(run.put(executed('c.0', { reads: { x: null } }))).toEqual(['task-committed c.0', 'run done']);
  });

  it('discards what read from a discarded attempt', () => {
    const run = new Script([step('a', []), step('b', []), step('c', ['b'])], { workers: 3 });
    run.put(began('b.0', { y: null }));
    run.put(executed('b.0', { reads: { y: null }, ...bind('b.0', 'z') }));
    run.put(began('c.0', { z: 'b.0' }));
    expect(run.put(executed('a.0', bind('a.0', 'y')))).toEqual([
      'task-committed a.0', 'discard b.0 (y by a)', '  stop b.0', 'discard c.0 (z by b)', '  stop c.0',
      'issue b.1 in turn', '  start b.1 sees {"y":"a.0"}',
    ]);
  });

  it('refuses a commit whose group an alias joined meanwhile', () => {
    const run = new Script([step('a', []), step('b', ['a']), step('c', ['a'])]);
    run.put(executed('a.0', bind('a.0', 'x')));
    run.put(executed('c.0', { reads: { x: 'a.0' }, based: { 'n:x': 'a.0/0' }, ...bind('c.0', 'x') }));
    // b made y an alias of x: x keeps its version but lives in a new group with y.
    expect(run.put(executed('b.0', { reads: { x: 'a.0' }, based: { 'n:x': 'a.0/0' }, binds: { x: ['a.0', 'b.0/0'], y: ['b.0', 'b.0/0'] } }))).toEqual([
      'task-committed b.0', 'discard c.0 (x by b)', '  stop c.0', 'issue c.1 in turn', '  start c.1 sees {"x":"a.0","y":"b.0"}',
    ]);
  });

  it('holds an effect until its turn, then lets it go on in the world as it is', () => {
    const run = new Script([step('a', []), step('b', [])]);
    expect(run.put({ type: 'task-held', id: 'b.0', effect: 'open out.csv for writing', reads: { q: null }, readUnits: {} })).toEqual([]);
    expect(run.put(executed('a.0', bind('a.0', 'x')))).toEqual(['task-committed a.0', 'task-released b.0', '  go b.0']);
  });

  it('does not let an effect happen that would happen again: a group it may write was moved by an alias', () => {
    const run = new Script([step('a', []), step('b', ['a']), step('c', ['a'])]);
    run.put(executed('a.0', bind('a.0', 'x')));
    run.put({ type: 'task-held', id: 'c.0', effect: 'open notes.txt for writing', reads: { x: 'a.0' }, readUnits: {} });
    // b made y an alias of x, whose version stays: reading x holds, storing it again would not.
    expect(run.put(executed('b.0', { reads: { x: 'a.0' }, based: { 'n:x': 'a.0/0' }, binds: { x: ['a.0', 'b.0/0'], y: ['b.0', 'b.0/0'] } }))).toEqual([
      'task-committed b.0', 'discard c.0 (x by b)', '  stop c.0', 'issue c.1 in turn', '  start c.1 sees {"x":"a.0","y":"b.0"}',
    ]);
  });

  it('gives a held attempt\'s slot to others', () => {
    const run = new Script([step('a', []), step('b', []), step('c', [])], { workers: 2 });
    expect(run.put({ type: 'task-held', id: 'b.0', effect: 'x', reads: {}, readUnits: {} })).toEqual(['issue c.0', '  start c.0 sees {}']);
  });

  it('runs a step again with everything when its exception proves nothing', () => {
    const run = new Script([step('a', []), step('b', [])]);
    run.put(executed('b.0', {}, { outcome: 'again' }));
    expect(run.put(executed('a.0'))).toEqual(['task-committed a.0', 'discard b.0 ( by -)', '  stop b.0', 'issue b.1 in turn with everything', '  start b.1 sees {}']);
  });

  it('starts an opaque step in its turn only', () => {
    const run = new Script([step('a', []), step('b', [], { openness: 'opaque' })]);
    expect(run.lines).toEqual(['issue a.0 in turn', '  start a.0 sees {}']);
    expect(run.put(executed('a.0'))).toEqual(['task-committed a.0', 'issue b.0 in turn with everything', '  start b.0 sees {}']);
  });

  it('fails at the failing step; what ran beyond it may finish', () => {
    const run = new Script([step('a', []), step('b', []), step('c', ['b'])]);
    expect(run.put(executed('a.0', {}, { outcome: 'failed', failure: { type: 'ValueError', message: 'no', traceback: '', cell: 0, line: 1 } }))).toEqual(['task-failed a.0']);
    expect(run.put(executed('b.0'))).toEqual(['run failed']);
    expect(run.state.steps.map((each) => each.status)).toEqual(['failed', 'stopped', 'waiting']);
  });

  it('stops everything at once when asked to fail fast', () => {
    const run = new Script([step('a', []), step('b', [])], { failFast: true });
    expect(run.put(executed('a.0', {}, { outcome: 'failed' }))).toEqual(['task-failed a.0', 'task-stopped b.0', '  stop b.0', 'run failed']);
  });

  it('stops cleanly on request', () => {
    const run = new Script([step('a', []), step('b', [])]);
    expect(run.put({ type: 'stop-requested', by: 'test' })).toEqual(['task-stopped a.0', '  stop a.0', 'task-stopped b.0', '  stop b.0', 'run stopped']);
  });

  it('takes the failure of a guess only when its reads hold', () => {
    const run = new Script([step('a', []), step('b', [])]);
    run.put(executed('b.0', { reads: { x: null } }, { outcome: 'failed', failure: { type: 'NameError', message: 'x', traceback: '', cell: 1, line: 1 } }));
    expect(run.put(executed('a.0', bind('a.0', 'x')))).toEqual(['task-committed a.0', 'discard b.0 (x by a)', '  stop b.0', 'issue b.1 in turn', '  start b.1 sees {"x":"a.0"}']);
  });
});

describe('values that cannot be stored', () => {
  const tombstone = (id: string) => ({ tombstones: { g: { version: id, type: 'generator', reason: 'a generator', step: 'a', with: [] } } });

  it('sends a reader into the parked process', () => {
    const run = new Script([step('a', []), step('b', ['a'], { reads: ['g'] })]);
    expect(run.put(executed('a.0', tombstone('a.0'), { parked: true }))).toEqual(['task-committed a.0', 'issue b.0 in turn inside a.0', '  start b.0 sees {}']);
  });

  it('makes the value again when the process is gone', () => {
    const run = new Script([step('a', []), step('m', []), step('b', ['a'], { reads: ['g'] })], { workers: 1 });
    run.put(executed('a.0', tombstone('a.0'), { parked: true }));
    run.put({ type: 'process-gone', id: 'a.0' });
    expect(run.put(executed('m.0'))).toEqual(['task-committed m.0', 'issue a.1 in turn replays a.0', '  start a.1 sees {}']);
    expect(run.put(executed('a.1', tombstone('a.1'), { parked: true }))).toEqual(['issue b.0 in turn inside a.1', '  start b.0 sees {}']);
  });

  it('says so when making it again would write twice', () => {
    const run = new Script([step('a', []), step('m', []), step('b', ['a'], { reads: ['g'] })], { workers: 1 });
    run.put(executed('a.0', tombstone('a.0'), { parked: true, effect: true }));
    run.put({ type: 'process-gone', id: 'a.0' });
    run.put(executed('m.0'));
    expect(run.state.failed?.failure?.message).toBe('b reads `g` (a generator) of a, which cannot be stored, and a wrote outside, so it cannot run twice. Put both in one step, or make it in setup.');
    expect(run.state.status).toBe('failed');
  });

  it('fails when making it again gives something else', () => {
    const run = new Script([step('a', []), step('m', []), step('b', ['a'], { reads: ['g'] })], { workers: 1 });
    run.put(executed('a.0', tombstone('a.0'), { parked: true }));
    run.put({ type: 'process-gone', id: 'a.0' });
    run.put(executed('m.0'));
    const failure = { type: 'NotStored', message: 'a gave something else', traceback: '', cell: null, line: null };
    expect(run.put(executed('a.1', {}, { outcome: 'failed', failure }))).toEqual(['task-failed b', 'run failed']);
    expect(run.state.failed).toEqual({ step: 'b', failure });
  });

  it('makes values of two processes again in one', () => {
    const run = new Script([step('a', []), step('m', []), step('b', [], { reads: ['g', 'h'] })], { workers: 1 });
    run.put(executed('a.0', tombstone('a.0'), { parked: true }));
    const other = { h: { version: 'm.0', type: 'generator', reason: 'a generator', step: 'm', with: [] } };
    expect(run.put(executed('m.0', { tombstones: other }, { parked: true }))).toEqual(['task-committed m.0', 'issue a.1 in turn replays a.0', '  start a.1 sees {}']);
    expect(run.put(executed('a.1', tombstone('a.1'), { parked: true }))).toEqual(['issue m.1 in turn inside a.1 replays m.0', '  start m.1 sees {}']);
    expect(run.put(executed('m.1', { tombstones: other }, { parked: true }))).toEqual(['issue b.0 in turn inside a.1', '  start b.0 sees {}']);
  });
});
