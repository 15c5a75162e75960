import { describe, expect, it } from 'vitest';
import { matchesGlob, overlaps, readGlob } from './globs.ts';

describe('patterns of files', () => {
  it.each([
    ['data.csv', 'data.csv', true], ['data.csv', 'dataxcsv', false], ['*.csv', 'a.csv', true], ['*.csv', 'out/a.csv', false], ['*.csv', '.a.csv', false],
    ['out/**', 'out/a/b.csv', false], ['out/**/*.csv', 'out/a/b.csv', true], ['out/**/*.csv', 'out/b.csv', true], ['**/x', 'x', true], ['**/x', 'a/b/x', true],
    ['part-[0-9]?.bin', 'part-12.bin', true], ['part-[!0-9].bin', 'part-1.bin', false], ['größe (1).csv', 'größe (1).csv', true], ['.env*', '.env', true],
  ])('%s on %s: %s', (pattern, path, expected) => expect(matchesGlob(pattern, path)).toBe(expected));

  it.each([
    ['a.csv', 'a.csv', true], ['a.csv', 'b.csv', false], ['*.csv', 'a.csv', true], ['out/*.csv', 'out/*.json', false], ['out/*.csv', 'in/*.csv', false], ['out/**/*.csv', 'out/a/*', true],
  ])('%s meets %s: %s', (a, b, expected) => expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]));

  it.each([['./out//a.csv', 'out/a.csv'], ['../a', null], ['/etc/passwd', null], ['', null], ['C:\\x', null]])('%s is read as %s', (text, expected) => expect(readGlob(text)).toBe(expected));
});
