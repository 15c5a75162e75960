// The sample notebook as a flow against Run All in one plain kernel that is already up, and what the promise allows a run to cost over that.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { runForFigures } from '../measure/run-command.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readEvents, type Run } from '../ours/headwater.ts';
import { BENCH, OUR_ENVIRONMENT, programOf, ROOT } from '../places.ts';
import { type Contest, type Goal, type Row, type Subject } from '../row.ts';

/** The budget: a run, a step, and what its values cost by the machine's own measure. */
const RUN_MS = 150;
const STEP_MS = 10;
const TIMES_WRITE = 2.5;
const TIMES_PICKLE = 3;

const PAPERMILL_ROUNDS = 5;

/** Threads of OpenMP spin while they wait: beside anything else that runs they take ten times as long, and that says nothing about running a notebook. */
const ONE_THREAD = { OMP_NUM_THREADS: '1' };

export const bikes: Row = {
  name: 'bikes',
  title: 'the sample notebook against Run All in one plain kernel',
  rounds: 10,
  prepare,
};

function prepare({ folder, headwater, papermill, note, env }: Bench): Promise<Contest> {
  note('Headwater from the shell, with everything it starts; Run All: from the first cell to the last in a kernel that waits for it');
  note(`budget over Run All: ${RUN_MS} ms + ${STEP_MS} ms a step + buffers at ${TIMES_WRITE}x write() + objects at ${TIMES_PICKLE}x pickle`);
  note('one thread of OpenMP for all');
  const project = path.join(folder, 'bikes');
  cpSync(path.join(ROOT, 'examples/bikes'), project, { recursive: true, filter: (source) => !source.includes('.headwater') });
  const notebook = path.join(project, 'bikes.ipynb');
  const store = path.join(folder, 'store');
  const costs = { ...env, PYTHONPATH: path.join(headwater.packed, 'dist/python') };
  let last: Run | null = null;
  return Promise.resolve({
    subjects: present<Subject>(
      {
        name: 'Headwater', role: 'ours', measure: async () => {
          removeFolder(store);
          last = await headwater.run(notebook, { cwd: project, store, env: ONE_THREAD });
          return { wall: last.wallMs };
        },
      },
      {
        name: 'budget', role: 'limit', measure: async () => {
          if (last === null) throw new Error('nothing has run yet');
          const steps = readEvents(last).filter((event) => event.type === 'task-committed').length;
          const command = [programOf(OUR_ENVIRONMENT, 'python'), path.join(BENCH, 'ours/value_costs.py'), store, last.flow, String(last.number)];
          const { write = NaN, pickle = NaN, megabytes = NaN } = await runForFigures(command, { cwd: folder, env: costs });
          return {
            'over Run All': RUN_MS + STEP_MS * steps + TIMES_WRITE * write + TIMES_PICKLE * pickle,
            'steps (steps)': steps, 'write of all buffers': write, 'pickle of all objects': pickle, 'buffers (MB)': megabytes,
          };
        },
      },
      papermill && {
        name: 'plain kernel', role: 'peer', measure: async () => {
          const { startMs, cellsMs } = await papermill.runAll(notebook, ONE_THREAD);
          return { 'Run All': cellsMs, 'start of the kernel': startMs };
        },
      },
      papermill && { name: 'Papermill', role: 'peer', rounds: PAPERMILL_ROUNDS, measure: async () => ({ wall: (await papermill.run(notebook, ONE_THREAD)).wallMs }) },
    ),
    goals: [WITHIN_BUDGET],
  });
}

const WITHIN_BUDGET: Goal = {
  text: 'over Run All, of the budget', kind: 'at most', bound: 1, unit: 'x',
  value: (look) => {
    const [ours, theirs, budget] = [look('Headwater', 'wall'), look('plain kernel', 'Run All'), look('budget', 'over Run All')];
    return ours === null || theirs === null || budget === null ? null : (ours - theirs) / budget;
  },
};
