// Files that tags name: kept with the run, ordering steps, put back, checked.

import { chmodSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [
  ['step:load reads:data/*.csv', 'import glob\nrows = [line for f in sorted(glob.glob("data/*.csv")) for line in open(f)]\nprint(len(rows))'],
  ['step:write writes:out/*.txt', 'import subprocess\nsubprocess.run(["sh", "-c", f"mkdir -p out; echo {len(rows)} > out/count.txt"])'],
  ['step:read reads:out/*.txt', 'text = open("out/count.txt").read()\nprint("got", text)'],
];

function makeProject(): Project {
  const project = new Project();
  project.notebook('nb.ipynb', CELLS);
  project.write('data/a.csv', '1\n2\n');
  project.write('data/b.csv', '3\n');
  return project;
}

const printed = async (project: Project, ...args: string[]) => (await project.headwater(...args)).stdout.split('\n').filter((line) => /^(\d+|got .*|↻ .*|✓ \w+ .*)$/.test(line)).map((line) => line.replace(/ {2}.*/, ''));

describe('reads and writes', () => {
  it('order steps, are kept, and count when a run is gone on with', async () => {
    const project = makeProject();
    expect(await printed(project, 'run', 'nb.ipynb')).toEqual(['3', '✓ load', '✓ write', 'got 3', '✓ read']);
    expect((await project.headwater('graph', 'nb.ipynb', '--json')).stdout).toMatch(/"from":"write","to":"read","names":\["out\/\*\.txt","out\/count\.txt"\],"why":"file"/);
    expect(await printed(project, 'resume', 'nb/1')).toEqual(['3', '↻ load', '↻ write', 'got 3', '↻ read']);
    // The same content at another time is the same; another file that matches is not.
    project.write('data/b.csv', '3\n');
    expect(await printed(project, 'resume', 'nb/1')).toContain('↻ load');
    project.write('data/c.csv', '4\n5\n');
    expect(await printed(project, 'resume', 'nb/1')).toEqual(['5', '✓ load', '✓ write', 'got 5', '✓ read']);
    expect((await project.headwater('verify')).code).toBe(0);
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted 0 blobs/);
  });

  it('bring back what is gone or was changed', async () => {
    const project = makeProject();
    await project.run('nb.ipynb');
    chmodSync(project.path('out/count.txt'), 0o600);
    rmSync(project.path('out'), { recursive: true });
    expect(await printed(project, 'resume', 'nb/1', '--from', 'read')).toEqual(['3', '↻ load', '↻ write', 'got 3', '✓ read']);
    expect(statSync(project.path('out/count.txt')).size).toBe(2);
    project.write('out/count.txt', 'spoilt');
    expect(await printed(project, 'resume', 'nb/1', '--from', 'read')).toContain('got 3');
    expect(project.read('out/count.txt')).toBe('3\n');
  });
});

describe('a step that fails', () => {
  it.each([
    ['raises', '1 / 0'],
    ['is killed', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)'],
    ['runs out of time', 'import time\ntime.sleep(60)'],
    ['ends the interpreter', 'import os\nos._exit(3)'],
  ])('and %s leaves its files as they were', async (_, end) => {
    const project = new Project();
    project.write('out/a.txt', 'old');
    project.notebook('nb.ipynb', [['step:write writes:out/*.txt timeout:2s', `for name in "ab":\n    with open(f"out/{name}.txt", "w") as f: f.write("new")\n${end}`]]);
    expect((await project.run('nb.ipynb')).status).toBe('failed');
    expect(project.read('out/a.txt')).toBe('old');
    expect(existsSync(project.path('out/b.txt'))).toBe(false);
  });

  it('because what it promised is not there says so', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:write writes:out.txt', 'x = 1']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('✗ write  FileTrouble: write is to write `out.txt`, and there is no such file at its end.');
  });
});

describe('mistakes', () => {
  const refusal = async (tag: string, prepare: (project: Project) => void) => {
    const project = new Project();
    project.notebook('nb.ipynb', [[`step:a ${tag}`, 'x = 1']]);
    prepare(project);
    const { code, stderr } = await project.headwater('run', 'nb.ipynb');
    expect(code).not.toBe(0);
    return stderr;
  };

  it.each([
    ['a pattern that matches nothing', 'reads:data/*.csv', () => undefined, '✗ Step `a` reads `data/*.csv`, and there is no such file.\n  It is looked for from PROJECT. A step above that makes it says so with `writes:`.\n'],
    ['a folder', 'reads:data', (project: Project) => mkdirSync(project.path('data')), '✗ Step `a` reads `data`, which is a folder.\n  Say which files: `reads:data/*`, or `reads:data/**/*` for all below.\n'],
    ['a link that leads out', 'reads:hosts', (project: Project) => symlinkSync('/etc/hosts', project.path('hosts')), '✗ Step `a` reads hosts, a link that leads out of the project.\n  Only what is in the project travels with a run: copy it there.\n'],
    ['a path outside', 'reads:../x.csv', () => undefined, 'The tag `reads:../x.csv` wants files inside the project, relative to the notebook, such as `data/*.csv`.'],
  ])('%s', async (_, tag, prepare, expected) => expect(await refusal(tag, prepare)).toContain(expected));

  it('two writers of one file, and branches that overwrite each other', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [
      ['step:a writes:x.txt', 'xs = [1, 2]\nopen("x.txt", "w").close()'], ['step:b writes:*.txt', 'open("x.txt", "a").close()'],
      ['step:c foreach:x=xs writes:y.csv', 'open("y.csv", "w").close()'],
    ]);
    const { stdout } = await project.headwater('check', 'nb.ipynb');
    expect(stdout).toContain('Step `b` writes `*.txt`, and so does step `a` above it.');
    expect(stdout).toContain('Every branch of step `c` writes `y.csv`: only one of them stays.');
  });
});
