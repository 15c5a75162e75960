// A cell that prints 320,000 lines: what that costs, and that the engine does not hold them in memory.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { recordKey, type RunRecord } from '@headwater/protocol';
import { present, type Bench } from '../bench.ts';
import { watchPeakMemory } from '../measure/peak-memory.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { readManifest } from '../ours/headwater.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { atMost, tellTimes, type Contest, type Goal, type Row, type Subject } from '../row.ts';

const LINES = 320_000;

export const print320k: Row = {
  name: 'print-320k',
  title: '320,000 printed lines',
  rounds: 5,
  prepare: (bench) => {
    const { limits } = bench;
    bench.note('memory: peak resident memory of the run process, and of the command that shows the lines');
    return Promise.resolve({
      subjects: present<Subject>(
        printing(bench, 'Headwater', LINES),
        printing(bench, 'Headwater, one line', 1),
        { name: 'node -e 0', role: 'limit', measure: async () => limits.nodeMemory() },
        { name: 'plain Python into a file', role: 'limit', measure: () => Promise.resolve({ wall: limits.printLines(LINES) }) },
      ),
      goals: [atMost('engine ≤ 50 MB', 50, ['Headwater', 'engine'], 'MB'), GROWTH, tellTimes('of plain Python into a file', ['Headwater', 'wall'], ['plain Python into a file', 'wall'])],
    } satisfies Contest);
  },
};

/** Node by itself has a good part of 50 MB: what the lines add is the engine's own doing. */
const GROWTH: Goal = {
  text: 'engine ≤ 5 MB above a run that prints one line', kind: 'at most', bound: 5, unit: 'MB',
  value: (look) => {
    const many = look('Headwater', 'engine');
    const one = look('Headwater, one line', 'engine');
    return many === null || one === null ? null : many - one;
  },
};

function printing({ folder, headwater }: Bench, name: string, lines: number): Subject {
  const notebook = writeNotebook(folder, `print-${lines}`, [step('print', `for number in range(${lines}):\n    print(number)`)]);
  const flow = path.basename(notebook, '.ipynb');
  const store = path.join(folder, 'store');
  return {
    name, role: 'ours', measure: async () => {
      removeFolder(store);
      let command: number | null = null;
      const engine = watchPeakMemory(() => findOwner(store, flow));
      const shell = watchPeakMemory(() => command);
      const run = await headwater.run(notebook, { cwd: folder, store, onStart: (pid) => { command = pid; } });
      const memory = { engine: engine.stop(), command: shell.stop() };
      const figures: Record<string, number> = { wall: run.wallMs, cell: readManifest(run, 'print').cost.runMs };
      for (const [who, peak] of Object.entries(memory)) if (peak !== null) figures[`${who} (MB)`] = peak;
      return figures;
    },
  };
}

/** The run process writes its id into the record of the run. */
function findOwner(store: string, flow: string): number | null {
  try {
    return (JSON.parse(readFileSync(path.join(store, recordKey(flow, 1)), 'utf8')) as RunRecord).owner.pid;
  } catch {
    return null;
  }
}
