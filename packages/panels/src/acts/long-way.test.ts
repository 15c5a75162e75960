import { expect, it } from 'vitest';
import { isLongWay } from './long-way.ts';

it('is asked of what is large and not on this disk', () => {
  const ask = (store: string, size: number) => isLongWay({ store, size });
  expect([ask('s3://team/flows', 2e9), ask('s3://team/flows', 2e8), ask('/data/.headwater', 2e9)]).toEqual([true, false, false]);
});
