// Texts that no person writes: the analysis answers, whatever they are.

import { describe, expect, it } from 'vitest';
import { observeTexts } from '../testing/observe-text.ts';
import { makeRandom, randomProgram } from '../testing/random-program.ts';

describe('nesting', () => {
  it('too deep to be read is opaque', () => {
    for (const source of [`x = ${'('.repeat(30_000)}1${')'.repeat(30_000)}`, `x = ${Array(40_000).fill('a').join(' + ')}`]) expect(observeTexts(source).reason).toBe('it is nested too deep to be read');
  });

  it('of calls ends somewhere', () => {
    const chain = Array.from({ length: 2000 }, (_, at) => `def f${at}(a): return f${at + 1}(a)`).join('\n');
    expect(observeTexts(`${chain}\nf0(x)`)).toMatchObject({ openness: 'open', reason: 'calls go too deep to be followed' });
  });
});

const TOKENS = ['x', 'y', '(', ')', '[', ']', '{', '}', ':', ',', '\n', '\n  ', '=', '+=', '%', '!', '?', '"', "'", '"""', '#', '\\\n', 'def ', 'class ', 'lambda ', 'for ', 'in ', 'if ', 'else:', 'import ', 'from ', '*', '@', 'f"', '{x}', '%%bash', '%time ', 'global ', 'del ', 'with ', 'as ', 'match ', 'case ', 'await ', ';', '1.5', 'é', '😀', '\t', '\f', '\0', '\u2028'];

it('soup and broken programs raise nothing', () => {
  const random = makeRandom(11);
  const token = () => TOKENS[random(TOKENS.length)] ?? '';
  for (let at = 0; at < 600; at += 1) {
    observeTexts(Array.from({ length: 1 + random(30) }, token).join(''));
    const program = randomProgram(random);
    const cut = random(program.length);
    observeTexts(program.slice(0, cut) + token() + program.slice(cut + random(4)));
  }
});
