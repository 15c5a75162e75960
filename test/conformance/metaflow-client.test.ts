// Metaflow's own client, from its package, opens what `headwater export metaflow` writes: every task of every graph, and all that is said of it.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareEnvironment } from '../helpers/peers.ts';
import { Project } from '../helpers/project.ts';
import { Flow } from './flow.ts';
import { GRAPHS } from './graphs.ts';
import { wayOf } from './way.ts';

let python = '';
beforeAll(() => {
  python = path.join(prepareEnvironment('metaflow'), 'bin/python');
}, 600_000);

/** What Metaflow's client prints for these lines. */
function ask(project: Project, code: string): unknown {
  const env = { ...project.env, METAFLOW_USER: 'somebody', METAFLOW_HOME: project.path('home') };
  const { stdout, stderr } = spawnSync(python, ['-c', `import json\nfrom metaflow import Flow, Metaflow, Run, Step, Task, namespace\nnamespace(None)\n${code}`], { cwd: project.folder, env, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

it.each(GRAPHS)('every task of $name', async (graph) => {
  const flow = new Flow(graph, {
    carried: ['way'],
    code: (here) => `${here.own('way')} = [*${here.is.start ? '[]' : here.is.join ? here.incoming('way') : here.own('way')}, "${here.name}"]\nprint("in", "${here.name}")\nmine = ${here.own('way')}`,
  });
  expect((await flow.run()).code).toBe(0);
  expect((await flow.project.headwater('export', 'metaflow', 'nb')).stdout).toBe('nb/1 is nb/1 in PROJECT/.metaflow\n');
  const seen = ask(flow.project, [
    'run = Flow("nb").latest_successful_run',
    'tasks = sorted(([t for s in run for t in s]), key=lambda t: int(t.id))',
    'print(json.dumps([run.successful, run.finished, run.data.mine, [[t.parent.id, [f.index for f in t["_foreach_stack"].data], t.successful, t.data.mine, t.stdout] for t in tasks]]))',
  ].join('\n'));
  const expected = flow.tasks.filter(({ skipped }) => !skipped).map((task) => [task.step, task.indices, true, wayOf(flow.plan, task), `in ${task.step}\n`]);
  expect(seen).toEqual([true, true, (expected.at(-1) as unknown[])[3], expected]);
});

describe('what is said of a run', () => {
  const CELLS = [
    ['setup', 'import numpy as np\nimport headwater'],
    ['parameters', 'alpha = 0.5\nname = "x"'],
    ['step:load', 'rates = [0.1, 0.01]\nclass Model:\n    def __init__(self, lr): self.lr = lr\nprint("loaded")\narr = np.arange(5)'],
    ['step:train foreach:lr=rates', 'm = Model(lr)\nscore = lr * 2'],
    ['step:again', 'again = score + 1'],
    ['step:pick join:scores=score', 'best = max(scores)'],
    ['step:risky retry:1 catch:failed', 'tried = headwater.current.attempt\nprint("try", tried)\nraise ValueError("no")'],
  ] as const;

  it('parameters, values, parents, tries, tags, and which values stay behind', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [...CELLS, ['step:end', 'print(best, tried)\ng = (i for i in range(3))']]);
    await project.run('nb.ipynb', '-p', 'alpha=0.25', '--tag', 'good');
    const { stdout } = await project.headwater('export', 'metaflow', 'nb/1', '--to', 'elsewhere');
    expect(stdout.split('\n')).toEqual([
      'nb/1 is nb/1 in PROJECT/elsewhere/.metaflow',
      'Left out, because Metaflow could not load it: `Model` (it needs `Model` of the notebook), `g` (it lived only in the process that made it), `m` (it needs `Model` of the notebook).', '',
    ]);
    project.env['METAFLOW_DATASTORE_SYSROOT_LOCAL'] = project.path('elsewhere');
    expect(ask(project, [
      'run = Run("nb/1")',
      'names = lambda paths: sorted(p.split("/")[2] for p in paths)',
      'risky = run["risky"].task',
      'print(json.dumps({"flows": [f.id for f in Metaflow().flows], "tags": sorted(run.user_tags), "parameters": [run["_parameters"].task.data.alpha, run.data.name],',
      '  "array": run.data.arr.tolist(), "own": sorted(a.id for a in run["train"].task if a.id not in ("arr", "rates", "alpha", "name")), "parents": {s.id: [names(t.parent_task_pathspecs) for t in s] for s in run},',
      '  "children": names(run["load"].task.child_task_pathspecs), "steps": [s.id for s in run["pick"].parent_steps], "tries": [[Task(risky.pathspec, attempt=n).stdout, Task(risky.pathspec, attempt=n).successful] for n in (0, 1)],',
      '  "failed": [run.data.failed.type, run.data.failed.exception, str(run.data.failed)[-13:]], "exception": str(Task(risky.pathspec, attempt=0).exception)[-13:], "size": run["end"].task["best"].size > 0, "code": run.code}))',
    ].join('\n'))).toEqual({
      flows: ['nb'], tags: ['good'], parameters: [0.25, 'x'], array: [0, 1, 2, 3, 4], own: ['lr', 'score'],
      parents: { load: [[]], train: [['load'], ['load']], again: [['train'], ['train']], pick: [['again', 'again']], risky: [[]], end: [['pick', 'risky']] },
      children: ['train', 'train'], steps: ['again'], tries: [['try 0\n', false], ['try 1\n', true]], failed: ['ValueError', 'no', 'alueError: no'], exception: 'alueError: no', size: true, code: null,
    });
  });

  it('a run that failed, one that ends in branches, and one that was exported before', async () => {
    const project = new Project();
    project.notebook('bad.ipynb', [['step:start', 'x = 1'], ['step:mid', 'raise KeyError("odd")'], ['step:end', 'print(x)']]);
    project.notebook('open.ipynb', [['step:load', 'xs = [1, 2]\ntotal = 5'], ['step:each foreach:x=xs', 'y = x']]);
    await project.run('bad.ipynb');
    await project.run('open.ipynb');
    expect([(await project.headwater('export', 'metaflow', 'bad')).code, (await project.headwater('export', 'metaflow', 'open')).code]).toEqual([0, 0]);
    expect(ask(project, 'bad, good = Flow("bad").latest_run, Flow("open").latest_successful_run\nprint(json.dumps([bad.successful, bad.finished, bad["mid"].task.exception.type, bad["mid"].task.finished, good.data.total, sorted(s.id for s in good)]))')).toEqual(
      [false, false, 'KeyError', false, 5, ['each', 'end', 'load']],
    );
    expect((await project.headwater('export', 'metaflow', 'open')).stderr).toBe('✗ PROJECT/.metaflow already has open/1; name another folder with --to, or remove it there first\n');
    project.write('file', '');
    expect((await project.headwater('export', 'metaflow', 'open', '--to', 'file')).stderr).toBe('✗ file cannot be written to: Not a directory\n');
    expect((await project.headwater('export', 'kubeflow', 'open')).stderr).toBe('✗ There is no export to `kubeflow`.\n  There is `metaflow`: headwater export metaflow RUN.\n');
  });
});
