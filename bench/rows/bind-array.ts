// An array of 256 MB from a run into a live kernel: what binding it costs beyond a round trip of the kernel itself.

import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kernelExpression } from '../../packages/panels/src/client/kernel-request.ts';
import type { Bench } from '../bench.ts';
import { runForFigures } from '../measure/run-command.ts';
import { makeArray } from '../ours/arrays.ts';
import { NUMPY, step, writeNotebook } from '../ours/notebook.ts';
import { BENCH, programOf, ROOT } from '../places.ts';
import { atMost, type Contest, type Row } from '../row.ts';

/** The environment of `npm run lab`: a kernel with numpy and our package. */
const PYTHON = programOf(path.join(ROOT, '.cache/lab'), 'python');

export const bindArray: Row = {
  name: 'bind-array',
  title: 'bind a 256 MB array of a run in a live kernel',
  rounds: 10,
  prepare,
};

async function prepare({ folder, headwater, env, note }: Bench): Promise<Contest> {
  if (!existsSync(PYTHON)) {
    note('left out: there is no environment with a kernel; `npm run lab` makes it');
    return { subjects: [], goals: [] };
  }
  const store = path.join(folder, 'store');
  await headwater.run(writeNotebook(folder, 'bind', [NUMPY, step('make', `a = ${makeArray('normal')}`)]), { cwd: folder, store, args: ['--python', PYTHON] });
  const write = (name: string, overwrite: boolean) => {
    const file = path.join(folder, name);
    writeFileSync(file, kernelExpression({ do: 'load', store, path: 'bind/1/make/a', as: 'a', overwrite }));
    return file;
  };
  const command = [PYTHON, path.join(BENCH, 'ours/bind_array.py'), write('load.py', false), write('again.py', true)];
  return {
    subjects: [{ name: 'Headwater', role: 'ours', measure: () => runForFigures(command, { cwd: folder, env }) }],
    goals: [atMost('≤ 25 ms beyond the round trip', 25, ['Headwater', 'beyond the round trip'])],
  };
}
