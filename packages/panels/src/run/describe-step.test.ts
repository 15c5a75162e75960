import { NO_CONTROL, type StepView } from '@headwater/protocol';
import { expect, test } from 'vitest';
import { describeControl, describeCounts, describeMemory, describeNode, lastedMs } from './describe-step.ts';

const step = (more: Partial<StepView>): StepView => ({
  name: 'fit', kind: 'step', status: 'done', cells: [1], openness: 'closed', control: NO_CONTROL, inside: [], tasks: 1, counts: { done: 1 }, began: 0, ended: 10_000, ms: 80_000, overheadMs: null, peakBytes: null, memoryBytes: null,
  closes: null, warnings: [], note: null, tries: 1, attempts: [], activity: null, ...more,
});

test('counts: failed ones first, those to come last, nothing of a single task', () => {
  expect(describeCounts({ tasks: 24, counts: { done: 20, failed: 2, running: 1 } })).toBe('2 failed · 1 running · 20 done · 1 to come');
  expect(describeCounts({ tasks: 1200, counts: { done: 1200 } })).toBe('1\u202f200 done');
  expect(describeCounts({ tasks: 1, counts: { done: 1 } })).toBe('');
});

test('tags in words', () => {
  const control = { ...NO_CONTROL, foreach: { item: 'lr', list: 'rates' }, when: [{ name: 'deep', negated: true, value: null }, { name: 'kind', negated: false, value: 'big' }], until: { name: 'enough', max: 5 } };
  expect(describeControl(step({ control }))).toEqual(['each lr in rates', 'when not deep', 'when kind is big', 'until enough']);
  expect(describeControl(step({ closes: 'failure' }))).toEqual(['on failure']);
});

test('a node: rounds, counts, why it was skipped; many tasks took from the first to the last', () => {
  expect(describeNode(step({ control: { ...NO_CONTROL, until: { name: 'enough', max: 5 } }, tasks: 3 }))).toBe('↻ 3 rounds');
  expect(describeNode(step({ inside: ['fit'], tasks: 2, counts: { done: 1, failed: 1 } }))).toBe('1 failed · 1 done');
  expect(describeNode(step({ status: 'skipped', note: 'deep is false' }))).toBe('deep is false');
  expect([lastedMs(step({})), lastedMs(step({ tasks: 8 }))]).toEqual([80_000, 10_000]);
});

test('memory: the most there was, of what was asked for, and the tag that would do', () => {
  expect([describeMemory({ peakBytes: 6e9, memoryBytes: 8e9 }), describeMemory({ peakBytes: 0.3e9, memoryBytes: 8e9 })]).toEqual(['6.0 GB of 8.0 GB', '300 MB of 8.0 GB, memory:1G is enough']);
});
