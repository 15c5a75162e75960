// Which runs may go.

import type { Summary } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { chooseRuns, KEEP_ALL, type Retention } from './retention.ts';

const NOW = 100 * 24 * 3_600_000;

/** Runs of one flow, newest first, a day apart; `+` done, `-` failed, `>` running, `t` done and tagged, `r` running and going on from the one after it. */
function runsOf(text: string): Summary[] {
  return Array.from(text, (letter, at): Summary => {
    const number = text.length - at;
    const started = NOW - at * 24 * 3_600_000;
    return {
      format: 1, flow: 'f', number, notebook: 'f.ipynb', status: letter === '-' ? 'failed' : letter === '>' || letter === 'r' ? 'running' : 'done', started, ended: started, by: 'ada',
      owner: { host: '', pid: 0, started: '' }, parameters: {}, tags: letter === 't' ? ['best'] : [], resumes: letter === 'r' ? `f/${number - 1}` : null, steps: [], failed: null, failures: 0, learned: [],
    };
  });
}

const ROWS: readonly (readonly [runs: string, rules: Partial<Retention>, gone: readonly number[]])[] = [
  ['++++', {}, []],
  ['++++', { runs: 2 }, [2, 1]],
  ['++++', { days: 1.5 }, [2, 1]],
  ['++++', { runs: 1, days: 2.5 }, [1]],
  ['--+-', { runs: 1 }, [3, 1]],
  ['+t+>', { runs: 1 }, [2]],
  ['r-+-', { runs: 1 }, [1]],
];

describe('retention', () => {
  it.each(ROWS)('%s %j', (runs, rules, gone) => {
    expect(chooseRuns(runsOf(runs), { ...KEEP_ALL, ...rules }, NOW).map(({ number }) => number)).toEqual(gone);
  });
});
