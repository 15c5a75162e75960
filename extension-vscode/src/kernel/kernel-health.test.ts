import { expect, test } from 'vitest';
import { KernelHealth } from './kernel-health.ts';

const dead = (states: readonly string[]) => {
  const health = new KernelHealth('idle');
  return states.map((state) => health.see(state).dead);
};

test('a kernel that restarts is dead for a moment, and that is no death', () => {
  expect(dead(['restarting', 'dead', 'starting', 'idle', 'dead'])).toEqual([false, false, false, false, true]);
});

test('one that is closed is gone', () => {
  expect(dead(['busy', 'terminating'])).toEqual([false, true]);
  expect(new KernelHealth('dead').dead).toBe(true);
});

test('a restart loses what was loaded, a cell does not', () => {
  const health = new KernelHealth('idle');
  expect(['busy', 'idle', 'autorestarting'].map((state) => health.see(state).lost)).toEqual([false, false, true]);
});
