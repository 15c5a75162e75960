// Steps for the end of a run: when they run, what they see, and that nothing they do changes the verdict.

import { expect, it } from 'vitest';
import { began, bind, control, executed, Script, step } from './testing/script.ts';

const FAILURE = { type: 'ValueError', message: 'no', traceback: '', cell: 0, line: 1 };
const fails = { outcome: 'failed', failure: FAILURE } as const;
const yes = step('yes', [], { closes: 'success' });
const no = step('no', [], { closes: 'failure' });
const both = step('both', ['b'], { closes: 'always' });

it('run one after the other when all is done, and leave no trace in the namespace', () => {
  const script = new Script([step('a', []), step('b', ['a']), yes, no, both]);
  script.put(executed('a.0', bind('a.0', 'x')));
  expect(script.put(executed('b.0'))).toEqual(['task-committed b.0', 'issue yes.0 in turn', '  start yes.0 sees {"x":"a.0"}']);
  expect(script.put(began('yes.0', { x: 'a.0' }))).toEqual([]);
  expect(script.put(executed('yes.0', { reads: { x: 'a.0' }, ...bind('yes.0', 'x', 'y') }))).toEqual(['task-committed yes.0', 'skip no (the run did not fail)', 'issue both.0 in turn', '  start both.0 sees {"x":"a.0"}']);
  expect(script.put(executed('both.0', {}, fails))).toEqual(['task-failed both.0', 'run done']);
  expect([script.state.failures, script.state.steps.map(({ status }) => status), Object.keys(script.state.world.names)]).toEqual([[], ['done', 'done', 'done', 'skipped', 'failed'], ['x']]);
});

it('of a failed run see what was committed, not what ran ahead', () => {
  const seen: unknown[] = [];
  const script = new Script([step('a', []), step('b', []), step('c', []), no, yes], { workers: 3, onStart: ({ setting }) => seen.push(setting.failed) });
  script.put(executed('a.0', bind('a.0', 'x')));
  script.put(executed('c.0', bind('c.0', 'x')));
  expect(script.put(executed('b.0', bind('b.0', 'y'), fails))).toEqual(['task-failed b.0', 'issue no.0 in turn', '  start no.0 sees {"x":"a.0"}']);
  expect(seen.at(-1)).toEqual({ task: 'b', failure: FAILURE });
  expect(script.put({ type: 'task-died', id: 'no.0', report: { type: 'died', id: 'no.0', cause: 'signal', code: 9, sentence: 'killed', cell: null, peakBytes: 0 } })).toEqual(['task-failed no.0', 'skip yes (the run failed)', 'run failed']);
  expect(script.state.failures.map(({ step: task }) => task)).toEqual(['b']);
});

it('wait for what still runs, and are not what --fail-fast ends', () => {
  const script = new Script([step('a', []), step('b', []), no], { failFast: true });
  expect(script.put(executed('a.0', {}, fails))).toEqual(['task-failed a.0', 'task-stopped b.0', '  stop b.0', 'issue no.0 in turn', '  start no.0 sees {}']);
  expect(script.put(executed('no.0'))).toEqual(['task-committed no.0', 'run failed']);
});

it('do not run when somebody stops the run, and are stopped with it', () => {
  const early = new Script([step('a', []), yes, both]);
  expect(early.put({ type: 'stop-requested', by: 'ada' })).toEqual(['task-stopped a.0', '  stop a.0', 'run stopped']);
  const late = new Script([step('a', []), yes, both]);
  late.put(executed('a.0'));
  expect(late.put({ type: 'stop-requested', by: 'ada' })).toEqual(['task-stopped yes.0', '  stop yes.0', 'run done']);
});

it('are tried again, held until nothing is before them, and skipped by a condition', () => {
  const script = new Script([step('a', []), step('again', [], { closes: 'success', ...control({ retries: [{ times: 1, cause: 'any' }] }) }), step('maybe', [], { closes: 'success', ...control({ when: [{ name: 'x', negated: false, value: null }] }) })]);
  script.put(executed('a.0', bind('a.0', 'x'), { values: { x: { truth: false, text: '0' } } }));
  expect(script.put(executed('again.0', {}, fails))).toEqual(['retry again.0 after 0', 'issue again.1 in turn', '  start again.1 sees {"x":"a.0"}']);
  expect(script.put({ type: 'task-held', id: 'again.1', effect: 'open', reads: {}, readUnits: {} })).toEqual(['task-released again.1', '  go again.1']);
  expect(script.put(executed('again.1'))).toEqual(['task-committed again.1', 'skip maybe (`x` is not true)', 'run done']);
});

it('make again what only a process held', () => {
  const lost = { tombstones: { g: { version: 'a.0', type: 'generator', reason: 'a generator', step: 'a', with: [] } } };
  const script = new Script([step('a', []), step('b', ['a'], { reads: ['g'] }), step('no', ['a'], { closes: 'failure', reads: ['g'] })]);
  script.put(executed('a.0', lost, { parked: true }));
  script.put(executed('b.0', {}, { ...fails, parked: false }));
  expect(script.lines.slice(-2)).toEqual(['issue a.1 in turn replays a.0', '  start a.1 sees {}']);
  expect(script.put(executed('a.1', {}, { parked: true }))).toEqual(['issue no.0 in turn inside a.1', '  start no.0 sees {}']);
  expect(script.put(executed('no.0'))).toEqual(['task-committed no.0', 'run failed']);
});

it('come after branches that nothing closes', () => {
  const script = new Script([step('a', []), step('b', [], control({ foreach: { item: 'x', list: 'xs' } })), yes]);
  script.put(executed('a.0', bind('a.0', 'xs')));
  script.put(executed('b[].0', {}, { elements: { count: 1, labels: ['1'], tied: null, values: null } }));
  expect(script.put(executed('b[0].0', bind('b[0].0', 'z')))).toEqual(['task-committed b[0].0', 'issue yes.0 in turn', '  start yes.0 sees {"xs":"a.0"}']);
});
