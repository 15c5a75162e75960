import { expect, test } from 'vitest';
import { describeUsed, enoughMemory } from './memory.ts';

test('what was used, of what was asked for', () => {
  expect([describeUsed(null, 8e9), describeUsed(0, null), describeUsed(80e6, null), describeUsed(3.1e9, 8e9)]).toEqual(['', '', '80.0 MB', '3.1 GB of 8.0 GB']);
});

test('a tag that asks for much less is named, where somebody could wait for the difference', () => {
  expect([enoughMemory(0.3e9, 8e9), enoughMemory(2.1e9, 16e9), enoughMemory(3.1e9, 8e9)]).toEqual(['memory:1G', 'memory:4G', null]);
  expect([enoughMemory(80e6, 1e9), enoughMemory(3e9, null), enoughMemory(null, 8e9)]).toEqual([null, null, null]);
});
