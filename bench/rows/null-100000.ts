// A foreach of a hundred thousand tasks that nobody runs: what the engine's own bookkeeping costs.

import path from 'node:path';
import { YOUNG_SPACE } from '../../packages/engine/src/launch/spawn-run.ts';
import { type Bench } from '../bench.ts';
import { runForFigures } from '../measure/run-command.ts';
import { packScript } from '../ours/pack.ts';
import { BENCH } from '../places.ts';
import { atMost, type Contest, type Row } from '../row.ts';

export const null100000: Row = {
  name: 'null-100000',
  title: 'the events of 100 000 tasks, decided, folded and written as JSON, by an executor that only reports',
  rounds: 5,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, limits, note, env } = bench;
  note('four events a task; 64 tasks at once; memory is the most the process ever had, Node itself included');
  const script = await packScript(path.join(BENCH, 'ours/null-run.ts'), path.join(headwater.packed, 'dist'));
  return {
    subjects: [
      { name: 'Headwater', role: 'ours', measure: async () => runForFigures([process.execPath, YOUNG_SPACE, script], { cwd: folder, env }) },
      { name: 'node -e 0, python -c pass', role: 'limit', measure: async () => ({ wall: await limits.startBoth() }) },
    ],
    goals: [atMost('≤ 100 µs a task', 100, ['Headwater', 'a task'], 'µs'), atMost('≤ 150 MB', 150, ['Headwater', 'memory'], 'MB')],
  };
}
