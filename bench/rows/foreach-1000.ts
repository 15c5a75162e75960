// A thousand branches that do next to nothing, with pandas imported: what a task costs when there are many.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readEvents } from '../ours/headwater.ts';
import { setup, step, writeNotebook } from '../ours/notebook.ts';
import { atLeastTimes, atMostTimes, type Contest, type Row } from '../row.ts';

const TASKS = 1_000;
/** Metaflow takes half a second a task: fewer say what one costs. */
const METAFLOW_TASKS = 40;
const METAFLOW_ROUNDS = 2;

export const foreach1000: Row = {
  name: 'foreach-1000',
  title: 'a foreach over a thousand numbers, pandas imported',
  rounds: 5,
  prepare,
};

function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, limits, metaflow } = bench;
  bench.note('a task of Headwater: from the list taken apart to the last branch, by the event log, divided by a thousand');
  bench.note(`a task of Metaflow: a run with ${METAFLOW_TASKS} branches minus one with none of it, divided by ${METAFLOW_TASKS}`);
  const notebook = writeNotebook(folder, 'wide', [
    setup('import pandas as pd'), step('load', `xs = range(${TASKS})`), { tag: 'step:each foreach:x=xs', source: 'r = x * x' }, { tag: 'step:all join:rs=r', source: 'total = sum(rs)' },
  ]);
  const [narrow, wide] = [writeWide(folder, 'Narrow', 1), writeWide(folder, 'Wide', METAFLOW_TASKS + 1)];
  return Promise.resolve({
    subjects: present(
      {
        name: 'Headwater', role: 'ours' as const, measure: async () => {
          const store = path.join(folder, 'store');
          removeFolder(store);
          const run = await headwater.run(notebook, { cwd: folder, store });
          const events = readEvents(run);
          const at = (find: (event: (typeof events)[number]) => boolean) => events.find(find)?.t ?? NaN;
          const split = at((event) => event.type === 'task-committed' && event.id === 'each[].0');
          const joined = at((event) => event.type === 'task-issued' && event.task === 'all');
          return { 'a task': (joined - split) / TASKS, 'wall': run.wallMs, 'join': (events.at(-1)?.t ?? NaN) - joined };
        },
      },
      metaflow && {
        name: 'Metaflow, best flags', role: 'peer' as const, rounds: METAFLOW_ROUNDS, measure: async () => {
          const one = await metaflow.run(narrow);
          const many = await metaflow.run(wide);
          return { 'a task': (many.wallMs - one.wallMs) / METAFLOW_TASKS };
        },
      },
      {
        name: 'a process', role: 'limit' as const, measure: async () => ({ 'fork and exit with pandas': (await limits.processes(headwater.packed, 'pandas')).forkMs }),
      },
    ),
    goals: [
      atMostTimes('≤ 2.5x a bare fork', 2.5, ['Headwater', 'a task'], ['a process', 'fork and exit with pandas']),
      atLeastTimes('≥ 25x Metaflow', 25, ['Metaflow, best flags', 'a task'], ['Headwater', 'a task']),
    ],
  });
}

function writeWide(folder: string, name: string, tasks: number): string {
  const file = path.join(folder, `${name}.py`);
  writeFileSync(file, `import pandas as pd
from metaflow import FlowSpec, step

class ${name}(FlowSpec):
    @step
    def start(self):
        self.xs = list(range(${tasks}))
        self.next(self.each, foreach='xs')

    @step
    def each(self):
        self.r = self.input * self.input
        self.next(self.gather)

    @step
    def gather(self, inputs):
        self.total = sum(each.r for each in inputs)
        self.next(self.end)

    @step
    def end(self):
        pass

if __name__ == "__main__":
    ${name}()
`);
  return file;
}
