// Parts of a flow, a run once more, two runs beside each other.

import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [
  ['parameters', 'rate = 0.5'], ['setup', 'import headwater'],
  ['step:load', 'rows = [1, 2, 3]\nprint("load")'],
  ['step:left', 'left = sum(rows)\nprint("left")'],
  ['step:each foreach:row=rows', 'got = row * rate\nprint("each", row)'],
  ['step:all join:gots=got', 'total = sum(gots)\nheadwater.current.metrics(total=total)\nprint("all")'],
];

async function prints(project: Project, ...args: string[]): Promise<string[]> {
  return (await project.headwater(...args)).stdout.split('\n').filter((line) => /^(load|left|each \d|all)$/.test(line));
}

describe('part of a flow', () => {
  it('is a step with just what it needs, branches as a whole, or all but one', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    expect(await prints(project, 'run', 'nb.ipynb', '--to', 'left')).toEqual(['load', 'left']);
    expect(await prints(project, 'run', 'nb.ipynb', '--to', 'all')).toEqual(['load', 'each 1', 'each 2', 'each 3', 'all']);
    expect(await prints(project, 'run', 'nb.ipynb', '--to', 'each')).toEqual(['load', 'each 1', 'each 2', 'each 3']);
    expect(await prints(project, 'run', 'nb.ipynb', '--skip', 'left')).toEqual(['load', 'each 1', 'each 2', 'each 3', 'all']);
    expect((await project.headwater('run', 'nb.ipynb', '--skip', 'each')).stderr).toBe('✗ Step `each` opens branches: without it the steps between have no meaning.\n  Skip a step inside or outside the foreach.\n');
    expect((await project.headwater('run', 'nb.ipynb', '--to', 'no')).stderr).toBe('✗ nb.ipynb has no step `no`.\n  It has load, left, each, all.\n');
  });
});

describe('the hash seed of a run', () => {
  const CELLS: readonly CellLiteral[] = [
    ['step:make', 'words = {f"w{i}" for i in range(30)}\nprint("order", *words)'],
    ['step:use', 'also = {f"w{i}" for i in range(30)}\nprint("order", *words)\nprint("order", *also)\n1 / 0'],
  ];
  const orders = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('order'));

  it('goes on in a run that is gone on with: what was stored and what is new have one order', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const first = orders((await project.headwater('run', 'nb.ipynb')).stdout);
    const again = orders((await project.headwater('resume', 'nb/1')).stdout);
    expect(first).toHaveLength(3);
    expect(new Set([...first, ...again]).size).toBe(1);
    expect(new Set([...first, ...orders((await project.headwater('rerun', 'nb/1')).stdout)]).size).toBe(1);
  });

  it("is the person's own where there is one, as in their kernel", async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    project.env['PYTHONHASHSEED'] = '7';
    const kernel = orders(await project.python('print("order", *{f"w{i}" for i in range(30)})'));
    const ours = orders((await project.headwater('run', 'nb.ipynb')).stdout);
    expect(new Set([...kernel, ...ours]).size).toBe(1);
  });
});

describe('a run once more', () => {
  it('takes the notebook and the parameters as they were', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb', '-p', 'rate=2');
    project.notebook('nb.ipynb', [['step:other', '1 / 0']]);
    expect(await prints(project, 'rerun', 'nb/1')).toEqual(['load', 'left', 'each 1', 'each 2', 'each 3', 'all']);
    expect(await project.python('import headwater\nrun = headwater.Run("nb/2")\nprint(run.parameters, run.data.total, run.resumes)')).toBe("{'rate': 2} 12.0 None\n");
  });
});

describe('two runs', () => {
  it('are compared: parameters, metrics, artifacts, code, packages', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    await project.run('nb.ipynb', '-p', 'rate=2');
    project.notebook('nb.ipynb', [...CELLS.slice(0, 3), ['step:left', 'left = max(rows)\nmore = [1]'], ...CELLS.slice(4)]);
    await project.run('nb.ipynb');
    const { stdout } = await project.headwater('diff', 'nb/1', 'nb/2');
    expect(stdout.slice(0, stdout.indexOf('Environment')).replaceAll(/ +/g, ' ').replaceAll(/[0-9a-f]{8}/g, 'CODE')).toBe([
      'Parameters 1 differ, 0 same', ' nb/1 nb/2', ' rate 2 –',
      'Metrics 1 differ, 0 same', ' nb/1 nb/2', ' total 12 3 ↓ 9',
      'Artifacts 4 differ, 1 same', ' nb/1 nb/2', ' left 6 3 ↓ 3', ' gots list 3 items list 3 items another content', ' total 12 3 ↓ 9', ' more – list 1 item',
      'Code 1 differ, 3 same', ' nb/1 nb/2', ' left CODE CODE', '',
    ].join('\n'));
    expect(JSON.parse((await project.headwater('diff', 'nb/1', 'nb/2', '--json')).stdout)).toMatchObject({ a: 'nb/1', b: 'nb/2', metrics: [{ name: 'total', a: 12, b: 3, differs: true }] });
  });
});
