// Ten steps in a line, each in a process of its own, each waiting for the number the one before it made.

import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { countFiles } from '../measure/count-files.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readEvents, runFolder } from '../ours/headwater.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { readyAt, stepsMs } from '../ours/times.ts';
import { writeFlow } from '../peers/metaflow.ts';
import { atLeastTimes, atMost, tellTimes, type Contest, type Row } from '../row.ts';

const STEPS = 10;
const STRATA_ROUNDS = 3;
const METAFLOW_ROUNDS = 10;

export const chain10: Row = {
  name: 'chain-10',
  title: 'ten steps in a line, a process each, each adding one to a number',
  rounds: 20,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, limits, metaflow, strata } = bench;
  bench.note('a step of Headwater: from the moment its worker is ready to the last commit, by the event log, divided by ten');
  bench.note('a step of Metaflow: a run of twelve steps minus one of two, divided by ten; Papermill has no steps');
  const notebook = writeNotebook(folder, 'chain', Array.from({ length: STEPS }, (_, at) => step(`s${at}`, at === 0 ? 'x = 0' : 'x = x + 1')));
  const body = (steps: number) => Array.from({ length: steps }, (_, at) => (at === 0 ? 'self.x = 0' : 'self.x = self.x + 1'));
  const short = writeFlow(folder, 'Short', body(2));
  const long = writeFlow(folder, 'Long', body(STEPS + 2));
  const strataNotebook = await strata?.import(notebook);
  return {
    subjects: present(
      {
        name: 'Headwater', role: 'ours' as const, measure: async () => {
          const store = path.join(folder, 'store');
          removeFolder(store);
          const run = await headwater.run(notebook, { cwd: folder, store });
          const events = readEvents(run);
          return {
            'a step': stepsMs(events) / STEPS,
            'wall': run.wallMs,
            'run process until steps can start': readyAt(events) - (events[0]?.t ?? NaN),
            'files a step (files)': countFiles(path.join(runFolder(run), 'tasks')) / STEPS,
          };
        },
      },
      metaflow && {
        name: 'Metaflow, best flags', role: 'peer' as const, rounds: METAFLOW_ROUNDS, measure: async () => {
          const two = await metaflow.run(short);
          const before = countFiles(path.join(folder, '.metaflow/Long'));
          const twelve = await metaflow.run(long);
          const files = countFiles(path.join(folder, '.metaflow/Long')) - before;
          return { 'a step': (twelve.wallMs - two.wallMs) / STEPS, 'wall': twelve.wallMs, 'files a step (files)': files / (STEPS + 2) };
        },
      },
      {
        name: 'a process', role: 'limit' as const, measure: async () => {
          const { forkMs, startMs } = await limits.processes(headwater.packed);
          return { 'fork and exit with our modules': forkMs, 'start and exit of a bare Python': startMs };
        },
      },
      strata && strataNotebook !== undefined ? {
        name: 'Strata Notebook', role: 'peer' as const, rounds: STRATA_ROUNDS, measure: async () => {
          const { wallMs, cellsMs } = await strata.run(strataNotebook);
          // Its first cell pays for what it starts up.
          const rest = cellsMs.slice(1);
          return { 'a step': rest.reduce((sum, ms) => sum + ms, 0) / rest.length, 'wall': wallMs };
        },
      } : null,
    ),
    goals: [
      atMost('≤ 10 ms a step', 10, ['Headwater', 'a step']),
      atLeastTimes('≥ 25x Metaflow', 25, ['Metaflow, best flags', 'a step'], ['Headwater', 'a step']),
      tellTimes('Strata Notebook, of ours', ['Strata Notebook', 'a step'], ['Headwater', 'a step']),
      tellTimes('of a process forked and ended', ['Headwater', 'a step'], ['a process', 'fork and exit with our modules']),
    ],
  };
}
