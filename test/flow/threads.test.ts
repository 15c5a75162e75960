// Numeric libraries are loaded before cells run, with one thread; cells find as many as they would find by hand, however it was said.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

const LOAD = 'import numpy, sklearn.ensemble, threadpoolctl';
const LOOK = 'numpy.zeros(1), sklearn.ensemble.RandomForestClassifier()\nprint(sorted((each["prefix"], each["num_threads"]) for each in threadpoolctl.threadpool_info()))';

describe('threads of numeric libraries', () => {
  it.each<[string, Record<string, string>, string]>([
    ['with nothing said', {}, ''],
    ['with one for OpenMP', { OMP_NUM_THREADS: '1' }, ''],
    ['with more for OpenMP than there are cores', { OMP_NUM_THREADS: '7' }, ''],
    ['with one for OpenBLAS', { OPENBLAS_NUM_THREADS: '1' }, ''],
    ['with a notebook that says one before it loads them', {}, 'import os\nos.environ["OMP_NUM_THREADS"] = "1"\n'],
  ])('%s', async (_, env, before) => {
    const project = new Project();
    Object.assign(project.env, env);
    const setup = before + LOAD;
    project.notebook('nb.ipynb', [['setup', setup], ['step:a', LOOK]]);
    await project.run('nb.ipynb');
    expect((await project.headwater('logs', 'nb/1')).stdout).toBe(await project.python(`${setup}\n${LOOK}`));
  });

  it.runIf(process.platform === 'linux')('with one core of several', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['setup', LOAD], ['step:a', LOOK]]);
    const { status } = spawnSync('taskset', ['-c', '0', ...project.command('run', 'nb.ipynb')], { cwd: project.folder, env: project.env });
    expect([status, (await project.headwater('logs', 'nb/1')).stdout]).toEqual([0, "[('libgomp', 1), ('libscipy_openblas', 1), ('libscipy_openblas', 1)]\n"]);
  });
});
