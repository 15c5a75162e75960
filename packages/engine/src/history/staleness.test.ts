import { NO_ASKS, NO_CONTROL, type PlannedStep } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { findStale, type Past } from './staleness.ts';

const step = (name: string, code: string, after: string[] = []): PlannedStep => ({
  name, code, after, kind: name.startsWith('setup.') ? 'setup' : 'step', openness: 'closed', reads: [], binds: [], cells: [], expectedBytes: null, where: 'local', control: NO_CONTROL, asks: NO_ASKS, environment: null, closes: null, sought: false,
});
const past = (entries: Record<string, [code: string, run: number, made?: number]>) => new Map(Object.entries(entries).map(([name, [code, run, made = run]]): [string, Past] => [name, { code, run, made }]));

test('changed code makes a step stale and all below it, each with the step it comes from', () => {
  const steps = [step('load', 'a'), step('clean', 'B', ['load']), step('fit', 'c', ['clean']), step('report', 'd', ['fit']), step('side', 'e', ['load'])];
  const found = findStale({ steps, past: past({ load: ['a', 0], clean: ['b', 0], fit: ['c', 0], report: ['d', 0], side: ['e', 0] }), parameters: new Map() });
  expect(Object.fromEntries(found)).toEqual({
    clean: { because: 'code', names: ['clean'] }, fit: { because: 'input', names: ['clean'] }, report: { because: 'input', names: ['fit'] },
  });
});

test('a parameter is named, whichever block binds it and however far below it is read', () => {
  const steps = [step('setup.1', 'A'), step('fit', 'c', ['setup.1'])];
  const found = findStale({ steps, past: past({ 'setup.1': ['a', 0], fit: ['c', 0] }), parameters: new Map([['setup.1', ['alpha']]]) });
  expect(found.get('fit')).toEqual({ because: 'parameter', names: ['alpha'] });
});

test('a step is stale when what it reads was made again in a later run without it', () => {
  const found = findStale({ steps: [step('load', 'a'), step('fit', 'c', ['load'])], past: past({ load: ['a', 8], fit: ['c', 7] }), parameters: new Map() });
  expect(Object.fromEntries(found)).toEqual({ fit: { because: 'input', names: ['load'] } });
});

test('what was only reused in a later run makes nothing stale', () => {
  expect(findStale({ steps: [step('load', 'a'), step('fit', 'c', ['load'])], past: past({ load: ['a', 8, 7], fit: ['c', 7] }), parameters: new Map() }).size).toBe(0);
});

test('a step that never ran is not stale', () => {
  expect(findStale({ steps: [step('load', 'a')], past: new Map(), parameters: new Map() }).size).toBe(0);
});
