// The list of a wide foreach's branches: nothing that was made before changes, at any depth of the tree.

import { expect, it } from 'vitest';
import { Vector } from './vector.ts';

it('keeps every element where it was put, and leaves older lists alone', () => {
  const count = 33_000; // three levels
  let list = Vector.empty<number>();
  for (let at = 0; at < count; at += 1) list = list.with(at, at);
  const changed = list.with(0, -1).with(1024, -2).with(count - 1, -3);
  expect([list.length, changed.length, list.get(count), list.get(-1)]).toEqual([count, count, undefined, undefined]);
  expect([...list]).toEqual(Array.from({ length: count }, (_, at) => at));
  expect([...changed].flatMap((value, at) => (value === at ? [] : [[at, value]]))).toEqual([[0, -1], [1024, -2], [count - 1, -3]]);
});
