// The main job as a person sees it.

import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

const CELLS = [
  ['#', '# A small flow'],
  ['parameters', 'alpha = 2'],
  ['setup', 'import math\n\ndef half(x):\n    return x / alpha'],
  ['step:load', 'rows = [1, 2, 3]\nprint("loaded", len(rows))'],
  ['step:left', 'left = [half(row) for row in rows]\nleft'],
  ['step:right', 'right = [row * 2 for row in rows]'],
  ['step:both', 'both = list(zip(left, right))\nrows.append(4)\nboth'],
  ['', 'print("scratch", undefined_name)'],
] as const;

describe('a first run', () => {
  it('runs the steps in processes of their own and shows what they show, in notebook order', async () => {
    const project = new Project();
    project.notebook('small.ipynb', CELLS);
    expect(await project.headwater('run', 'small.ipynb')).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'PYTHON · the active environment .venv', 'small/1 · small.ipynb', 'loaded 3', '✓ load  TIME', '[0.5, 1.0, 1.5]', '✓ left  TIME', '✓ right  TIME',
        '[(0.5, 2), (1.0, 4), (1.5, 6)]', '✓ both  TIME', '✓ small/1 done', '',
      ].join('\n'),
    });
  });

  it('keeps every result and gives it back in Python', async () => {
    const project = new Project();
    project.notebook('small.ipynb', CELLS);
    await project.run('small.ipynb', '-p', 'alpha=4');
    expect(await project.python([
      'import headwater',
      'run = headwater.Flow("small").latest_run',
      'print(run, run.successful, run.parameters, [step.name for step in run])',
      'print(run["left"].task.data.left, run.data.rows, run["load"].task.data.rows)',
      'print(run["load"].task.stdout, end="")',
      'print(headwater.load("small/1/both/both"), run.data.half(8))',
      'print(run["both"].task.lineage)',
    ].join('\n'))).toBe([
      '<Run small/1: done> True {\'alpha\': 4} [\'load\', \'left\', \'right\', \'both\']',
      '[0.25, 0.5, 0.75] [1, 2, 3, 4] [1, 2, 3]',
      'loaded 3',
      '[(0.25, 2), (0.5, 4), (0.75, 6)] 2.0',
      '{\'left\': \'small/1/left.0\', \'right\': \'small/1/right.0\', \'rows\': \'small/1/load.0\'}',
      '',
    ].join('\n'));
  });

  it('writes the executed notebook of the run', async () => {
    const project = new Project();
    project.notebook('small.ipynb', CELLS);
    await project.run('small.ipynb');
    expect((await project.headwater('open', 'small', '-o', 'out.ipynb')).stdout).toBe('out.ipynb is small/1 with its outputs.\n');
    const { cells } = JSON.parse(project.read('out.ipynb')) as { cells: { cell_type: string; outputs?: unknown[]; execution_count?: number | null }[] };
    expect(cells.map((cell) => [cell.execution_count ?? null, cell.outputs ?? null])).toEqual([
      [null, null],
      [1, []],
      [2, []],
      [3, [{ output_type: 'stream', name: 'stdout', text: 'loaded 3\n' }]],
      [4, [{ output_type: 'execute_result', execution_count: 4, data: { 'text/plain': '[0.5, 1.0, 1.5]' }, metadata: {} }]],
      [5, []],
      [6, [{ output_type: 'execute_result', execution_count: 6, data: { 'text/plain': '[(0.5, 2), (1.0, 4), (1.5, 6)]' }, metadata: {} }]],
      [null, []],
    ]);
  });

  it('lists and shows what ran', async () => {
    const project = new Project();
    project.notebook('small.ipynb', CELLS);
    await project.run('small.ipynb', '--tag', 'first');
    await project.run('small.ipynb', '-p', 'alpha=1');
    const { stdout } = await project.headwater('runs');
    expect(stdout.replaceAll(/\d+ (?:s|min) ago|\d+\.\d s/g, 'T').replaceAll(/ +/g, ' ')).toBe([
      ' Run State Started Took Parameters', '✓ small/2 Done T T alpha=1', '✓ small/1 Done T T first', '',
    ].join('\n'));
  });

  it('goes on from a failed run with what still holds', async () => {
    const project = new Project();
    const broken = CELLS.map(([tags, source]) => [tags, tags === 'step:both' ? '1 / 0' : source] as const);
    project.notebook('small.ipynb', broken);
    const first = await project.headwater('run', 'small.ipynb');
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('✗ both  ZeroDivisionError: division by zero\n✗ small/1 failed in cell 7, line 1\n  Go on with `headwater resume small/1`.\n');
    project.notebook('small.ipynb', CELLS);
    expect((await project.headwater('resume', 'small/1')).stdout).toBe([
      'PYTHON · the active environment .venv', 'small/2 · small.ipynb', 'loaded 3', '↻ load  reused', '[0.5, 1.0, 1.5]', '↻ left  reused', '↻ right  reused',
      '[(0.5, 2), (1.0, 4), (1.5, 6)]', '✓ both  TIME', '✓ small/2 done', '',
    ].join('\n'));
  });
});
