import { expect, it } from 'vitest';
import { WORKER_VARIABLES, workerEnvironment } from './worker-environment.ts';

// A container had a list of its own, in which the thread counts of two libraries were missing.
it('names all that it sets', () => {
  expect(Object.keys(workerEnvironment({}, 1)).sort()).toEqual([...WORKER_VARIABLES].sort());
});
