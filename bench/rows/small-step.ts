// What a step with a handful of small values pays for loading and keeping them.

import path from 'node:path';
import { type Bench } from '../bench.ts';
import { median } from '../measure/statistics.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readEvents, readManifest } from '../ours/headwater.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { aroundMs } from '../ours/times.ts';
import { atMost, type Contest, type Row } from '../row.ts';

const STEPS = 8;

const MAKE = `a = 1; b = 'x'; numbers = [1, 2]; table = {'k': numbers}; pair = (1, 'y'); f = 2.5; s = {1, 2}; n = None
class C:
    def m(self):
        return 1
def g(x):
    return x + 1`;

/** Reads what was made, changes one value that another shares, binds one. */
const USE = "numbers.append(g(a))\nlast = table['k'][-1] + C().m() + len(s) + f";

export const smallStep: Row = {
  name: 'small-step',
  title: 'load and save of a step with eight small values, a class and a function',
  rounds: 20,
  prepare,
};

function prepare({ folder, headwater, note }: Bench): Promise<Contest> {
  note(`medians over the ${STEPS} steps of a run after the one that makes the values; "around its cells" has previews, manifest and messages as well`);
  const names = Array.from({ length: STEPS }, (_, at) => `use${at}`);
  const notebook = writeNotebook(folder, 'small', [step('make', MAKE), ...names.map((name) => step(name, USE))]);
  const store = path.join(folder, 'store');
  return Promise.resolve({
    subjects: [{
      name: 'Headwater', role: 'ours', measure: async () => {
        removeFolder(store);
        const run = await headwater.run(notebook, { cwd: folder, store });
        const events = readEvents(run);
        const costs = names.map((name) => readManifest(run, name).cost);
        return {
          'load and save': median(costs.map((cost) => cost.loadMs + cost.saveMs)),
          'of it load': median(costs.map((cost) => cost.loadMs)),
          'cell': median(costs.map((cost) => cost.runMs)),
          'around its cells': median(names.map((name) => aroundMs(events, name))),
        };
      },
    }],
    goals: [atMost('≤ 4 ms', 4, ['Headwater', 'load and save'])],
  });
}
