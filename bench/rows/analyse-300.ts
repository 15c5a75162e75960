// From the text of a notebook of 300 cells to its flow: in a new process, and again after one cell was edited.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Bench } from '../bench.ts';
import { runForFigures } from '../measure/run-command.ts';
import { makeLongNotebook } from '../ours/long-notebook.ts';
import { packScript } from '../ours/pack.ts';
import { BENCH } from '../places.ts';
import { atMost, type Contest, type Row } from '../row.ts';

export const analyse300: Row = {
  name: 'analyse-300',
  title: 'analyse a notebook of 300 cells, then after one edit',
  rounds: 15,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, limits, note, env } = bench;
  note('in a process of its own, from the parser\'s wasm to the flow; after an edit: median over 40 edits of different cells');
  const script = await packScript(path.join(BENCH, 'ours/analyse.ts'), path.join(headwater.packed, 'dist'));
  const notebook = path.join(folder, 'long.ipynb');
  writeFileSync(notebook, makeLongNotebook(null));
  return {
    subjects: [
      { name: 'Headwater', role: 'ours', measure: async () => runForFigures([process.execPath, script], { cwd: folder, env }) },
      { name: 'headwater graph', role: 'ours', measure: async () => ({ wall: (await headwater.command(['graph', notebook, '--dot'], folder)).wallMs }) },
      { name: 'tree-sitter alone', role: 'limit', measure: async () => runForFigures([process.execPath, script, 'parse'], { cwd: folder, env }) },
      { name: 'node -e 0, python -c pass', role: 'limit', measure: async () => ({ wall: await limits.startBoth() }) },
    ],
    goals: [atMost('≤ 200 ms cold', 200, ['Headwater', 'cold']), atMost('≤ 10 ms after an edit', 10, ['Headwater', 'after an edit'])],
  };
}
