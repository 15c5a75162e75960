// From the shell to a finished run of one step that prints a line. The store is new every time and nothing of ours runs before.

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { present, type Bench } from '../bench.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { writeFlow } from '../peers/metaflow.ts';
import { atMostTimes, tellTimes, type Contest, type Row, type Subject } from '../row.ts';

const STRATA_ROUNDS = 3;
const FIRST_ROUNDS = 3;

export const coldHello: Row = {
  name: 'cold-hello',
  title: 'shell to finished one-step run',
  rounds: 12,
  prepare,
};

async function prepare(bench: Bench): Promise<Contest> {
  const { folder, headwater, limits, metaflow, papermill, strata } = bench;
  const notebook = writeNotebook(folder, 'hello', [step('hello', 'print("hello")')]);
  const flow = writeFlow(folder, 'Hello', ['print("hello")']);
  const strataNotebook = await strata?.import(notebook);
  let store = 0;
  const run = async (env: NodeJS.ProcessEnv = {}) => headwater.run(notebook, { cwd: folder, store: path.join(folder, `store-${(store += 1)}`), env });
  const wall = (name: string, role: Subject['role'], measure: () => Promise<number>, rounds?: number): Subject => ({
    name, role, measure: async () => ({ wall: await measure() }), ...(rounds !== undefined && { rounds }),
  });
  return {
    subjects: present(
      wall('Headwater', 'ours', async () => (await run()).wallMs),
      metaflow && wall('Metaflow', 'peer', async () => (await metaflow.run(flow, { plain: true })).wallMs),
      metaflow && wall('Metaflow, best flags', 'peer', async () => (await metaflow.run(flow)).wallMs),
      papermill && wall('Papermill', 'peer', async () => (await papermill.run(notebook)).wallMs),
      wall('node -e 0, python -c pass', 'limit', async () => limits.startBoth()),
      wall('Headwater, first run after installing', 'ours', async () => {
        forgetCompiled(path.join(headwater.packed, 'dist/python'));
        return (await run({ NODE_COMPILE_CACHE: path.join(folder, `compiled-${store}`) })).wallMs;
      }, FIRST_ROUNDS),
      strata && strataNotebook !== undefined ? wall('Strata Notebook', 'peer', async () => (await strata.run(strataNotebook)).wallMs, STRATA_ROUNDS) : null,
    ),
    goals: [
      atMostTimes('≤ 0.5x Metaflow\'s `run`', 0.5, ['Headwater', 'wall'], ['Metaflow', 'wall']),
      atMostTimes('≤ 0.5x Metaflow\'s `run` at its best flags', 0.5, ['Headwater', 'wall'], ['Metaflow, best flags', 'wall']),
      tellTimes('of Papermill', ['Headwater', 'wall'], ['Papermill', 'wall']),
      tellTimes('of Strata Notebook', ['Headwater', 'wall'], ['Strata Notebook', 'wall']),
      tellTimes('of both interpreters doing nothing', ['Headwater', 'wall'], ['node -e 0, python -c pass', 'wall']),
    ],
  };
}

/** Takes away what Python compiled of our package: npm installs sources only. */
function forgetCompiled(folder: string): void {
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (each.name === '__pycache__') rmSync(path.join(each.parentPath, each.name), { recursive: true, force: true });
  }
}
