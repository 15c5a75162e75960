// The store when the world is not kind: moved, damaged, foreign, full, newer, shared by runs of the same instant.

import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const CELLS: readonly CellLiteral[] = [['step:a', 'rows = list(range(20000))'], ['step:b', 'total = sum(rows)\ntotal']];
const RUN = '.headwater/flows/nb/runs/00000001';
/** Rights mean nothing to root, and only root can give files away or mount: these tests need it, or cannot be shown. */
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

async function ranOnce(): Promise<Project> {
  const project = new Project();
  project.notebook('nb.ipynb', CELLS);
  await project.run('nb.ipynb');
  // The run process lists the environment's packages when nobody waits for it any more; these tests look at a store at rest.
  await expect.poll(() => existsSync(project.path(RUN, 'environment.json')), { timeout: 20_000 }).toBe(true);
  return project;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('a store', () => {
  it('holds at most three files for a task, ignores itself in git, and keeps a number for its format', async () => {
    const project = await ranOnce();
    expect(project.read('.headwater/.gitignore')).toBe('*\n');
    expect(project.read('.headwater/format.json')).toBe('{"format":1}\n');
    expect(readdirSync(project.path(RUN, 'tasks')).sort()).toEqual(['a.0.json', 'b.0.json', 'b.0.log']);
  });

  it('can be moved', async () => {
    const project = await ranOnce();
    renameSync(project.path('.headwater'), project.path('elsewhere'));
    expect((await project.headwater('get', 'nb/1/b/total', '--store', 'elsewhere')).stdout).toBe('199990000\n');
    expect((await project.headwater('resume', 'nb/1', '--store', 'elsewhere')).stdout).toContain('↻ b  reused\n');
  });

  it('of a newer format is left alone', async () => {
    const project = await ranOnce();
    writeFileSync(project.path('.headwater/format.json'), '{"format":99}\n');
    const before = filesOf(project.path('.headwater'));
    for (const verb of ['run', 'check'] as const) await project.headwater(verb, 'nb.ipynb');
    expect(await project.headwater('run', 'nb.ipynb')).toEqual({
      code: 2, stdout: '', stderr: '✗ The store PROJECT/.headwater has format 99; this Headwater knows formats up to 1.\n  Nothing was changed. Update Headwater.\n',
    });
    expect(filesOf(project.path('.headwater'))).toEqual(before);
    expect(await project.python('import headwater\ntry: headwater.Flow("nb")\nexcept Exception as e: print(e)')).toBe(
      'the store PROJECT/.headwater has format 99; this version knows formats up to 1. Update headwater.\n',
    );
  });

  it('whose log was cut in mid-line shows what it has', async () => {
    const project = await ranOnce();
    const log = project.path(RUN, 'events.jsonl');
    truncateSync(log, statSync(log).size - 20);
    expect((await project.headwater('show', 'nb/1')).stdout).toContain('✓  b     Done');
    appendFileSync(log, '{"broken');
    expect((await project.headwater('logs', 'nb/1/b')).stdout).toBe('199990000\n');
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('↻ a  reused\n');
  });

  it('that lost a blob says which names are gone', async () => {
    const project = await ranOnce();
    for (const blob of filesOf(project.path('.headwater/blobs'))) {
      if (statSync(blob).size > 20_000) rmSync(blob);
    }
    expect(await project.headwater('get', 'nb/1/b/total')).toMatchObject({ code: 0, stdout: '199990000\n' });
    expect(await project.headwater('get', 'nb/1/a/rows')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "stderr": "✗ cannot load rows: FileNotFoundError: blob 731bdef92594e82bb7e6cdec1472972bd8ee29b6f6c55980eb2245748cb4257f is missing from the store
      ",
        "stdout": "",
      }
    `);
    expect(await project.headwater('resume', 'nb/1', '--from', 'b')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "stderr": "",
        "stdout": "PYTHON · the active environment .venv
      nb/2 · nb.ipynb
      ✓ a  TIME
      199990000
      ✓ b  TIME
      ✓ nb/2 done
      ",
      }
    `);
  });

  it('gives runs of the same instant numbers of their own', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'x = 1']]);
    const runs = await Promise.all(Array.from({ length: 6 }, () => project.run('nb.ipynb')));
    expect(runs.map((run) => run.events.at(-1)?.['run']).sort()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `nb/${number}`));
    expect(runs.map((run) => run.status)).toEqual(Array(6).fill('done'));
  });

  it.skipIf(!isRoot)('that somebody else owns is not used unless it is named', async () => {
    const project = await ranOnce();
    chownSync(project.path('.headwater'), NOBODY, NOBODY);
    expect(await project.headwater('run', 'nb.ipynb')).toEqual({
      code: 2, stdout: '', stderr: '✗ The store PROJECT/.headwater belongs to another user.\n  Name it with `--store` to use it all the same, or name another.\n',
    });
    expect((await project.headwater('run', 'nb.ipynb', '--store', '.headwater')).code).toBe(0);
  });

  it.skipIf(!isRoot)('that cannot be written says so before anything runs', async () => {
    const project = await ranOnce();
    for (const folder of [path.dirname(project.folder), project.folder]) chmodSync(folder, 0o755);
    expect(await project.end(project.start(['run', 'nb.ipynb', '--store', '.headwater', '--python', '/usr/bin/python3'], { uid: NOBODY }))).toEqual({
      code: 2, stdout: '', stderr: '✗ The store PROJECT/.headwater may not be used by this user.\n  Check who owns it, or name another with `--store`.\n',
    });
  });

  it.skipIf(!isRoot)('on a full disk ends the run with a sentence, and resume goes on when there is room', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'import os\nsmall = 1'], ['step:b', 'big = os.urandom(8_000_000)'], ['step:c', 'print(len(big), small)']]);
    const store = project.path('store');
    mkdirSync(store);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', store]);
    onTestFinished(() => {
      execFileSync('umount', [store]);
    });
    expect(await project.headwater('run', 'nb.ipynb', '--store', 'store')).toMatchInlineSnapshot(`
      {
        "code": 1,
        "stderr": "",
        "stdout": "PYTHON · the active environment .venv
      nb/1 · nb.ipynb
      ✓ a  TIME
      ✗ b  StoreError: what b bound cannot be stored: No space left on device. Free some space, then resume the run.
      ✗ nb/1 failed
        Go on with \`headwater resume nb/1\`.
      ",
      }
    `);
    execFileSync('mount', ['-o', 'remount,size=32m', store]);
    expect((await project.headwater('resume', 'nb/1', '--store', 'store')).stdout).toContain('↻ a  reused\n✓ b  TIME\n8000000 1\n✓ c  TIME\n');
  });
});

describe('names', () => {
  it.each(['größe & Co (1).ipynb', '学习.ipynb', `${'long-'.repeat(40)}.ipynb`, "it's a \"test\".ipynb", 'with.many.dots.ipynb', '-dash.ipynb'])('%s runs, is listed and read back', async (name) => {
    const project = new Project('a folder with späces & 空格');
    project.notebook(name, [['step:größe_1', 'x = 41'], ['step:次', 'x += 1\nx']]);
    const flow = name.replace(/\.ipynb$/, '');
    const { status, ended } = await project.run(`./${name}`);
    expect([status, ended.stderr]).toEqual(['done', '']);
    expect((await project.headwater('get', '--', `${flow}/1/次/x`)).stdout).toBe('42\n');
    expect((await project.headwater('runs', '--json')).stdout).toContain(JSON.stringify(flow));
    expect(await project.python(`import headwater\nprint(headwater.Flow(${JSON.stringify(flow)}).latest_run["größe_1"].task.data.x)`)).toBe('41\n');
  });
});

it('the record of a run says what it ran with', async () => {
  const project = await ranOnce();
  const record = JSON.parse(readFileSync(project.path(RUN, 'run.json'), 'utf8')) as Record<string, unknown>;
  expect(Object.keys(record).sort()).toEqual([
    'by', 'engine', 'environments', 'flow', 'format', 'git', 'hashSeed', 'notebook', 'number', 'owner', 'parameters', 'platform', 'python', 'resumes', 'snapshot', 'started', 'tags',
  ]);
});
