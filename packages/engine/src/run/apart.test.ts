// A file that a pod reads is the one of its own disk: where another step wrote it, the run says so instead of going on with the old one.

import { NO_ASKS, type PlannedStep } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { executed, Script, step } from './testing/script.ts';

const wrote = (...files: string[]) => ({ files: { read: {}, written: Object.fromEntries(files.map((file) => [file, '1'])) } });
const read = (...files: string[]) => ({ files: { read: Object.fromEntries(files.map((file) => [file, '1'])), written: {} } });

function run(a: Partial<PlannedStep>, b: Partial<PlannedStep>, files: { written: string[]; read: string[] }, outcome: 'done' | 'failed' = 'done'): string {
  const script = new Script([step('a', [], a), step('b', ['a'], b)]);
  script.put(executed('a.0', {}, wrote(...files.written)));
  script.put(executed('b.0', {}, { ...read(...files.read), outcome }));
  return script.state.failures[0]?.failure?.message ?? script.state.status;
}

const pod = { where: 'kubernetes' } as const;

describe('a file of another disk', () => {
  it.each<[string, Partial<PlannedStep>, Partial<PlannedStep>, string]>([
    ['two pods', pod, pod, 'in a pod'],
    ['a pod and this machine', pod, {}, 'in a pod'],
    ['this machine and a job', {}, { where: 'batch' }, 'here'],
  ])('is named: %s', (_, a, b, place) => {
    const sentence = `b read out/x.csv, which a wrote on a disk of its own, ${place}. Tag them \`writes:out/x.csv\` and \`reads:out/x.csv\`, or pass it on as a variable.`;
    expect(run(a, b, { written: ['out/x.csv', 'out/'], read: ['out/x.csv'] })).toBe(sentence);
    expect(run(a, b, { written: ['out/x.csv', 'out/'], read: ['out/'] })).toBe(sentence);
    expect(run(a, b, { written: ['out/x.csv'], read: ['out/x.csv'] }, 'failed')).toBe(sentence);
  });

  it('is no matter where it is handed on, or another file, or both are here', () => {
    const tags = (part: Partial<PlannedStep['asks']>) => ({ ...pod, asks: { ...NO_ASKS, ...part } });
    expect(run(tags({ writes: ['out/*.csv'] }), tags({ reads: ['out/x.csv'] }), { written: ['out/x.csv'], read: ['out/x.csv', 'out/'] })).toBe('done');
    expect(run(pod, pod, { written: ['out/x.csv'], read: ['out/y.csv', './'] })).toBe('done');
    expect(run({}, {}, { written: ['x.csv'], read: ['x.csv', './'] })).toBe('done');
  });
});
