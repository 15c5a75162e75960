// The second run of a hundred cached steps: what it costs to see that a step still holds.

import path from 'node:path';
import type { Bench } from '../bench.ts';
import { readEvents } from '../ours/headwater.ts';
import { writeNotebook } from '../ours/notebook.ts';
import { atMost, type Contest, type Row } from '../row.ts';

const STEPS = 100;

export const cached100: Row = {
  name: 'cached-100',
  title: 'the second run of a hundred steps tagged `cache`, each reading the one above',
  rounds: 10,
  prepare,
};

async function prepare({ folder, headwater, limits, note }: Bench): Promise<Contest> {
  note('a step: from the first step issued to the last committed, by the event log, divided by a hundred');
  const notebook = writeNotebook(folder, 'chain', Array.from({ length: STEPS }, (_, at) => ({ tag: `step:s${at} cache`, source: at === 0 ? 'x = 0' : 'x = x + 1' })));
  const place = { cwd: folder, store: path.join(folder, 'store') };
  await headwater.run(notebook, place);
  return {
    subjects: [
      {
        name: 'Headwater', role: 'ours', measure: async () => {
          const run = await headwater.run(notebook, place);
          const events = readEvents(run);
          const ran = events.filter((event) => event.type === 'task-executed' && event.report.origin === null).length;
          const [first, last] = [events.find((event) => event.type === 'task-issued'), events.findLast((event) => event.type === 'task-committed')];
          return { 'a step': ((last?.t ?? NaN) - (first?.t ?? NaN)) / STEPS, 'wall': run.wallMs, 'steps that ran again (steps)': ran };
        },
      },
      { name: 'node -e 0, python -c pass', role: 'limit', measure: async () => ({ wall: await limits.startBoth() }) },
    ],
    goals: [atMost('≤ 2 ms a step', 2, ['Headwater', 'a step']), atMost('none runs again', 0, ['Headwater', 'steps that ran again'], 'steps')],
  };
}
