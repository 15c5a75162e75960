// A variable called `constructor` was lost between two steps: the library's own record leaves such keys out.

import * as v from 'valibot';
import { expect, it } from 'vitest';
import { decode } from './codec.ts';
import { recordOf } from './record-of.ts';

it('keeps every name a person may give', () => {
  const names = JSON.parse('{"constructor": 1, "prototype": 2, "__proto__": 3, "toString": 4, "x": 5}') as unknown;
  expect(Object.entries(decode(recordOf(v.number()), names, 'it'))).toEqual([['constructor', 1], ['prototype', 2], ['__proto__', 3], ['toString', 4], ['x', 5]]);
});

it('says which of them is wrong', () => {
  expect(() => decode(v.object({ binds: recordOf(v.number()) }), { binds: { x: 1, y: 'a' } }, 'it')).toThrow('it does not follow its contract at binds: Invalid type: Expected number but received "a" at y');
  expect(() => decode(recordOf(v.number()), [1], 'it')).toThrow('it does not follow its contract: Invalid type: Expected Object');
});
