// Tags that ask for something: what is understood, and what is said of the rest.

import { describe, expect, it } from 'vitest';
import { readTag } from './tags.ts';

const ROWS: readonly (readonly [text: string, expected: unknown])[] = [
  ['memory:8G', { key: 'memory', bytes: 8e9 }],
  ['memory:512Mi', { key: 'memory', bytes: 512 * 2 ** 20 }],
  ['disk:1.5TB', { key: 'disk', bytes: 1.5e12 }],
  ['memory:8', 'a size such as 8G or 512Mi'],
  ['memory:0G', 'a size such as 8G or 512Mi'],
  ['cpu:2', { key: 'cpu', cores: 2 }],
  ['cpu:500m', { key: 'cpu', cores: 0.5 }],
  ['cpu:many', 'a number of cores above zero, such as 2 or 0.5'],
  ['gpu:1', { key: 'gpu', count: 1 }],
  ['gpu:0', 'a whole number from 1 up'],
  ['limit:memory:2Gi', { key: 'limit', resource: 'memory', value: '2Gi' }],
  ['limit:nvidia.com/gpu:1', { key: 'limit', resource: 'nvidia.com/gpu', value: '1' }],
  ['limit:memory:much', 'RESOURCE:VALUE, such as `limit:memory:8G`'],
  ['env:A=b=c', { key: 'env', name: 'A', value: 'b=c' }],
  ['env:A', 'NAME=VALUE, such as `env:OMP_NUM_THREADS=4`'],
  ['secret:API_KEY', { key: 'secret', name: 'API_KEY' }],
  ['secret:api key', 'the name of an environment variable, such as `secret:API_KEY`'],
];

describe('tags that ask', () => {
  it.each(ROWS)('%s', (text, expected) => {
    const result = readTag(text);
    expect(result.kind === 'tag' ? result.tag : result.kind === 'bad-value' ? result.want : result.kind).toEqual(expected);
  });
});
