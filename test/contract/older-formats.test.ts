// What earlier versions wrote stays readable: a store of log format 1, from before foreach.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../helpers/project.ts';

const FIXTURE = path.resolve(import.meta.dirname, '../fixtures/store-log-1');

function openOld(): Project {
  const project = new Project();
  for (const part of ['flows', 'blobs', 'format.json']) cpSync(path.join(FIXTURE, part), project.path('.headwater', part), { recursive: true });
  cpSync(path.join(FIXTURE, 'old.ipynb'), project.path('old.ipynb'));
  return project;
}

describe('a store with runs of log format 1', () => {
  it('is shown', async () => {
    const { stdout } = await openOld().headwater('show', 'old/1');
    expect(stdout.split('\n').slice(1, 5).map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/\d+(\.\d+)? (s|ms|MB)/g, 'N'))).toEqual([
      ' Step State Took Overhead Peak memory', '✓ load Done N N N', '✓ sum Done N N N', '✗ bad Failed N N N',
    ]);
  });

  it('is read in Python', async () => {
    expect(await openOld().python('import headwater\nrun = headwater.Run("old/1")\nprint(run.steps(), run.data.total, run["load"].task.data.rows, run["bad"].task.exception["type"])')).toBe(
      '[<Step old/1/load: done>, <Step old/1/sum: done>, <Step old/1/bad: failed>] 6 [1, 2] ZeroDivisionError\n',
    );
  });

  it('is resumed', async () => {
    const { stdout } = await openOld().headwater('resume', 'old/1');
    expect(stdout).toContain('↻ load  reused\n↻ sum  reused\n');
  });
});
