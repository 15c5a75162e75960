// `resume` of a run of ten steps that is already finished: nothing is left to do, everything has to be seen to still hold.

import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { readEvents } from '../ours/headwater.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { writeFlow } from '../peers/metaflow.ts';
import { tellTimes, type Contest, type Row } from '../row.ts';

const STEPS = 10;

export const resume10: Row = {
  name: 'resume-10',
  title: '`resume` of a finished run of ten steps',
  rounds: 12,
  prepare,
};

async function prepare({ folder, headwater, limits, metaflow }: Bench): Promise<Contest> {
  const notebook = writeNotebook(folder, 'chain', Array.from({ length: STEPS }, (_, at) => step(`s${at}`, at === 0 ? 'x = 0' : 'x = x + 1')));
  const place = { cwd: folder, store: path.join(folder, 'store') };
  const first = await headwater.run(notebook, place);
  const flow = writeFlow(folder, 'Long', Array.from({ length: STEPS }, (_, at) => (at === 0 ? 'self.x = 0' : 'self.x = self.x + 1')));
  if (metaflow !== null) await metaflow.run(flow);
  return {
    subjects: present(
      {
        name: 'Headwater', role: 'ours' as const, measure: async () => {
          const run = await headwater.resume(`${first.flow}/${first.number}`, place);
          const ran = readEvents(run).filter((event) => event.type === 'task-executed' && event.report.origin === null).length;
          return { 'wall': run.wallMs, 'steps that ran again (steps)': ran };
        },
      },
      metaflow && { name: 'Metaflow, best flags', role: 'peer' as const, measure: async () => ({ wall: (await metaflow.run(flow, { verb: ['resume'] })).wallMs }) },
      { name: 'node -e 0, python -c pass', role: 'limit' as const, measure: async () => ({ wall: await limits.startBoth() }) },
    ),
    goals: [tellTimes('of Metaflow', ['Headwater', 'wall'], ['Metaflow, best flags', 'wall'])],
  };
}
