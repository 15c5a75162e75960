// Care of a store: tags, deleting, collecting, checking, growing.

import { chmodSync, closeSync, openSync, readdirSync, readFileSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';

const LARGE = (seed: number): CellLiteral[] => [['parameters', `seed = ${seed}`], ['step:make', 'data = bytes([seed % 256]) * 200_000\nshared = b"s" * 100_000'], ['step:use', 'print(len(data), data[0])']];

const blobsOf = (project: Project) => readdirSync(project.path('.headwater/blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);

/** As if it were an hour ago. */
const age = (project: Project) => blobsOf(project).forEach((file) => utimesSync(file, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000)));

async function withRuns(count: number): Promise<Project> {
  const project = new Project();
  project.notebook('nb.ipynb', LARGE(1));
  for (let seed = 1; seed <= count; seed += 1) await project.run('nb.ipynb', '-p', `seed=${seed}`);
  return project;
}

describe('tags', () => {
  it('are added and taken off, found again, and known to Python', async () => {
    const project = await withRuns(2);
    expect((await project.headwater('tag', 'nb/1', '--add', 'best', '--add', 'paper')).stdout).toBe('nb/1 #best #paper\n');
    expect((await project.headwater('tag', 'nb/1', '--remove', 'paper')).stdout).toBe('nb/1 #best\n');
    expect((await project.headwater('runs', '--tag', 'best', '--json')).stdout.trim().split('\n').map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([1]);
    expect(await project.python('import headwater\nprint([r.id for r in headwater.Flow("nb").runs("best")], headwater.Run("nb/1").tags)')).toMatch(/\['?.*1'?\] \['best'\]\n/);
    expect((await project.headwater('tag', 'nb/1', '--remove', 'no')).stderr).toBe('✗ The run has no tag `no`.\n  It has best.\n');
    expect((await project.headwater('tag', 'nb/1', '--add', 'two words')).stderr).toBe('✗ `two words` cannot be a tag of a run.\n  A tag is a word of at most 100 letters, without spaces, commas and #.\n');
    expect((await project.headwater('runs', '--tag', 'none')).stdout).toBe('No run has the tag none.\n');
  });

  it('given while a run is under way are still there at its end', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'import time, os\nwhile not os.path.exists("go"): time.sleep(0.05)']]);
    await project.headwater('run', 'nb.ipynb', '--detach');
    await project.headwater('tag', 'nb/1', '--add', 'mine');
    project.write('go', '');
    await project.headwater('watch', 'nb/1');
    expect(await project.python('import headwater\nprint(headwater.Run("nb/1").tags, headwater.Run("nb/1").successful)')).toBe("['mine'] True\n");
  });
});

describe('delete and gc', () => {
  it('free what only that run referred to, and never what another one does', async () => {
    const project = await withRuns(3);
    const before = blobsOf(project).length;
    expect((await project.headwater('delete', 'nb/1', '--dry-run')).stdout).toBe('Would delete nb/1\n');
    expect((await project.headwater('delete', 'nb/1')).stdout).toBe('Deleted nb/1\n`headwater gc` frees what only they referred to.\n');
    expect((await project.headwater('delete', 'nb/1')).stderr).toMatch(/^✗ There is no run nb\/1 in /);
    expect((await project.headwater('delete', 'nb')).stderr).toBe('✗ `nb` is not a run.\n  A run is FLOW/NUMBER, such as churn/42.\n');
    expect((await project.headwater('gc', '--dry-run')).stdout).toMatch(/^Would delete 1 blob that no run refers to, 300 kB; \d+ kB of values stay\.\n$/);
    expect(blobsOf(project)).toHaveLength(before);
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted 1 blob that no run refers to, 300 kB;/);
    expect(blobsOf(project)).toHaveLength(before - 1);
    expect(await project.python('import headwater\nprint(headwater.Run("nb/2").data.data[0], headwater.Run("nb/3").data.data[0], len(headwater.Run("nb/3").data.shared))')).toBe('2 3 100000\n');
    expect((await project.run('nb.ipynb')).events.at(-1)).toMatchObject({ run: 'nb/4' });
    expect((await project.headwater('verify')).stdout).toMatch(/^3 runs, \d+ blobs, \d+ kB: everything is as it was stored\.\n$/);
  });

  it('let runs go as the settings say, but none that is tagged or the latest good one', async () => {
    const project = await withRuns(3);
    project.write('headwater.json', '{"retention": {"runs": 1}}');
    await project.headwater('tag', 'nb/1', '--add', 'keep');
    project.notebook('nb.ipynb', [['step:make', '1 / 0']]);
    await project.run('nb.ipynb');
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted nb\/2\nDeleted 1 blob that/);
    expect((await project.headwater('runs', '--json')).stdout.match(/"number":\d+/g)).toEqual(['"number":4', '"number":3', '"number":1']);
    project.write('headwater.json', '{"retention": {"runs": 0}}');
    expect((await project.headwater('gc')).stderr).toContain('headwater.json: retention.runs: ');
    expect((await project.headwater('gc', '--keep-runs', 'x')).code).toBe(2);
  });

  it('beside a run under way leave what it may still refer to', async () => {
    const project = await withRuns(1);
    await project.headwater('delete', 'nb/1');
    age(project);
    // Makes the blobs of the deleted run again, which stand in the store without a reference, and waits before it commits.
    project.notebook('slow.ipynb', [['step:make', 'import time, os\ndata = b"\\x01" * 200_000\nshared = b"s" * 100_000'], ['step:wait', 'while not os.path.exists("go"): time.sleep(0.05)']]);
    await project.headwater('run', 'slow.ipynb', '--detach');
    for (let left = 200; left > 0 && !(await project.headwater('show', 'slow/1')).stdout.includes('✓  make'); left -= 1) await sleep(50);
    const { stdout } = await project.headwater('gc');
    expect(stdout).toMatch(/^Deleted 1 blob that no run refers to/); // the notebook's text as nb/1 ran it
    project.write('go', '');
    await project.headwater('watch', 'slow/1');
    expect((await project.headwater('verify')).code).toBe(0);
    expect((await project.headwater('delete', 'slow/1')).code).toBe(0);
  });

  it('refuse a run that runs, and one that another goes on from', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'x = 1'], ['step:b', 'import time, os\nwhile not os.path.exists("go"): time.sleep(0.05)\nif os.path.exists("fail"): 1 / 0']]);
    project.write('fail', '');
    project.write('go', '');
    await project.run('nb.ipynb');
    const other = project.path('go');
    writeFileSync(other, '');
    await project.headwater('delete', 'nb/9');
    (await import('node:fs')).rmSync(other);
    await project.headwater('resume', 'nb/1', '--detach');
    expect((await project.headwater('delete', 'nb/2')).stderr).toBe('✗ nb/2 is still running.\n  End it with `headwater stop nb/2` first.\n');
    expect((await project.headwater('delete', 'nb/1')).stderr).toBe('✗ nb/2 is going on from nb/1 right now.\n  Wait for its end.\n');
    await project.headwater('stop', 'nb/2');
  });
});

describe('verify', () => {
  it('finds a flipped byte in any blob, one that is missing, and a damaged log', async () => {
    const project = await withRuns(1);
    for (const file of blobsOf(project)) {
      chmodSync(file, 0o644);
      const bytes = readFileSync(file);
      const flip = (at: number) => {
        const fd = openSync(file, 'r+');
        writeSync(fd, Uint8Array.of((bytes[at] ?? 0) ^ 1), 0, 1, at);
        closeSync(fd);
      };
      for (const at of [0, bytes.length - 1]) {
        flip(at);
        const { code, stderr } = await project.headwater('verify');
        expect([code, stderr]).toEqual([1, `✗ Blob ${file.split('/').at(-1) ?? ''} is damaged: its bytes are not those that were stored.\n`]);
        writeFileSync(file, bytes);
      }
    }
    const large = blobsOf(project).find((file) => readFileSync(file).length > 150_000) ?? '';
    const bytes = readFileSync(large);
    (await import('node:fs')).rmSync(large);
    expect((await project.headwater('verify')).stderr).toBe(`✗ Blob ${large.split('/').at(-1) ?? ''}, which nb/1/make.0 refers to, is missing.\n`);
    writeFileSync(large, bytes);
    const log = project.path('.headwater/flows/nb/runs/00000001/events.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace('"type":"task-began"', '"type":"task-begun"'));
    expect((await project.headwater('verify')).stderr).toMatch(/^✗ line \d+ of the log of nb\/1 does not follow its contract/);
  });
});

describe('a store that grows', () => {
  it('past what the settings say is told of when a run starts', async () => {
    const project = await withRuns(1);
    expect((await project.headwater('run', 'nb.ipynb')).stderr).toBe('');
    project.write('headwater.json', '{"retention": {"warnAt": "100K"}}');
    expect((await project.headwater('run', 'nb.ipynb')).stderr).toMatch(/^The store has grown to \d+ kB, more than 100 kB: `headwater gc --dry-run` shows what could go\.\n$/);
  });
});
