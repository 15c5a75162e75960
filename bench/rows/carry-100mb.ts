// A step that gets a 100 MB array and leaves it as it is: what the array adds to the step.

import path from 'node:path';
import { type Bench } from '../bench.ts';
import { median } from '../measure/statistics.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { makeArray } from '../ours/arrays.ts';
import { readManifest } from '../ours/headwater.ts';
import { NUMPY, step, writeNotebook } from '../ours/notebook.ts';
import { type Contest, type Goal, type Row, type Subject } from '../row.ts';

const STEPS = 5;
const LARGE_BYTES = 100_000_000;
/** Large enough for a buffer of its own, too small to cost anything. */
const SMALL_BYTES = 80_000;

export const carry100mb: Row = {
  name: 'carry-100mb',
  title: 'a 100 MB array that a step gets and leaves unchanged',
  rounds: 10,
  prepare: (bench) => {
    bench.note(`load plus save, medians over ${STEPS} steps of a run; the goal is for the difference to the same steps with an array of 80 kB`);
    return Promise.resolve({
      subjects: [carry(bench, 'Headwater, 100 MB', LARGE_BYTES), carry(bench, 'Headwater, 80 kB', SMALL_BYTES)],
      goals: [ADDED],
    } satisfies Contest);
  },
};

const ADDED: Goal = {
  text: '≤ 3 ms more than a small array', kind: 'at most', bound: 3, unit: 'ms',
  value: (look) => {
    const large = look('Headwater, 100 MB', 'load and save');
    const small = look('Headwater, 80 kB', 'load and save');
    return large === null || small === null ? null : large - small;
  },
};

function carry({ folder, headwater }: Bench, name: string, bytes: number): Subject {
  const names = Array.from({ length: STEPS }, (_, at) => `pass${at}`);
  const notebook = writeNotebook(folder, `carry-${bytes}`, [NUMPY, step('make', `a = ${makeArray('normal', bytes)}`), ...names.map((each) => step(each, `${each} = float(a[-1])`))]);
  const store = path.join(folder, 'store');
  return {
    name, role: 'ours', measure: async () => {
      removeFolder(store);
      const run = await headwater.run(notebook, { cwd: folder, store });
      const costs = names.map((each) => readManifest(run, each).cost);
      removeFolder(store);
      return { 'load and save': median(costs.map((cost) => cost.loadMs + cost.saveMs)), 'of it load': median(costs.map((cost) => cost.loadMs)) };
    },
  };
}
