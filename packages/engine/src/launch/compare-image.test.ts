import { describe, expect, it } from 'vitest';
import { describeDifferences } from './compare-image.ts';

const HERE = { python: '3.12.4', implementation: 'CPython', machine: 'x86_64', packages: { numpy: '2.4.6', pandas: '3.1.1', six: '1.17.0', wheel: '1', pip: '26' } };

describe('an image and the environment that launches', () => {
  it.each([
    ['the same', {}, null],
    ['another patch of Python', { python: '3.12.1' }, null],
    ['another minor', { python: '3.11.2' }, 'the image team/cells:1 has Python 3.11.2, here 3.12.4 (functions cross with their source only)'],
    ['another processor', { machine: 'aarch64' }, 'the image team/cells:1 has a processor aarch64, here x86_64'],
    ['packages that are only there or only here', { packages: { lightgbm: '4' } }, null],
    ['packages in other versions', { packages: { numpy: '1.26.4', pandas: '2', six: '1', wheel: '1', pip: '25' } }, 'the image team/cells:1 has numpy 1.26.4, here 2.4.6; pandas 2, here 3.1.1; six 1, here 1.17.0; 1 more packages in other versions'],
  ])('with %s', (_, there, said) => {
    expect(describeDifferences('team/cells:1', HERE, { ...HERE, ...there })).toBe(said);
  });
});
