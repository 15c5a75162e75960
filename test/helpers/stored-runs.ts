// What a person can do with the runs of a store, as tests: the same on disk and in S3.

import { describe, expect, it } from 'vitest';
import { Project } from './project.ts';

export interface Place {
  /** What `--store` is given. */
  readonly store: string;
  /** More variables: credentials, a cache of its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly keys: () => Promise<string[]>;
  readonly put: (key: string, text: string) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  /** Forgets what this machine keeps of a store elsewhere. */
  readonly forget: () => void;
}

const CELLS = [
  ['parameters', 'size = 20000'],
  ['setup', 'import os\n\ndef double(x):\n    return [2 * each for each in x]'],
  ['step:a', 'rows = list(range(size))\nother = rows\nprint("made", len(rows))'],
  ['step:b', 'total = sum(rows)\nos.write(1, b"from below\\n")\ntotal'],
  ['step:c', 'twice = double(rows[:3])\nsame = rows is other\nprint(twice, same)'],
] as const;

export function describeStoredRuns(name: string, make: (project: Project) => Promise<Place>): void {
  async function ranOnce() {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    const place = await make(project);
    Object.assign(project.env, place.env, { HEADWATER_STORE: place.store });
    const { status, ended } = await project.run('nb.ipynb');
    expect([status, ended.stderr]).toEqual(['done', '']);
    return { project, place };
  }

  describe(name, () => {
    it('keeps a run for every verb, and for Python', async () => {
      const { project, place } = await ranOnce();
      place.forget();
      expect((await project.headwater('run', 'nb.ipynb', '-p', 'size=3')).stdout).toBe(
        'PYTHON · the active environment .venv\nnb/2 · nb.ipynb\nmade 3\n✓ a  TIME\nfrom below\n3\n✓ b  TIME\n[0, 2, 4] True\n✓ c  TIME\n✓ nb/2 done\n',
      );
      expect((await project.headwater('runs', '--json')).stdout.trim().split('\n').map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([2, 1]);
      expect((await project.headwater('logs', 'nb/1')).stdout).toBe('made 20000\nfrom below\n199990000\n[0, 2, 4] True\n');
      expect((await project.headwater('get', 'nb/1/b/total')).stdout).toBe('199990000\n');
      expect((await project.headwater('artifacts', 'nb/1/b')).stdout).toContain('total');
      expect((await project.headwater('open', 'nb/1', '-o', 'ran.ipynb')).code).toBe(0);
      expect(project.read('ran.ipynb')).toContain('from below');
      const lines = [
        'import headwater', 'flow = headwater.Flow("nb")', 'print([run.id for run in flow], flow.latest_run.data.total, flow.latest_run.status)',
        'run = headwater.Run("nb/1")', 'data = run.data', 'print(len(data.rows), data.rows is data.other, data.double([4]), run["a"].task.stdout, end="")',
      ];
      expect(await project.python(lines.join('\n'))).toBe("['nb/2', 'nb/1'] 3 done\n20000 True [8] made 20000\n");
    });

    it('resumes from what is kept', async () => {
      const { project, place } = await ranOnce();
      place.forget();
      expect((await project.headwater('resume', 'nb/1', '--from', 'b')).stdout).toBe(
        'PYTHON · the active environment .venv\nnb/2 · nb.ipynb\nmade 20000\n↻ a  reused\nfrom below\n199990000\n✓ b  TIME\n[0, 2, 4] True\n✓ c  TIME\n✓ nb/2 done\n',
      );
    });

    it('stores equal content once', async () => {
      const { project, place } = await ranOnce();
      const before = (await place.keys()).filter((key) => key.startsWith('blobs/'));
      await project.run('nb.ipynb');
      expect((await place.keys()).filter((key) => key.startsWith('blobs/'))).toEqual(before);
    });

    it('says which names are gone with a lost blob', async () => {
      const { project, place } = await ranOnce();
      place.forget();
      const packed = (await place.keys()).filter((key) => key.startsWith('blobs/'));
      await Promise.all(packed.map(place.remove));
      expect((await project.headwater('get', 'nb/1/b/total')).stdout).toBe('199990000\n');
      expect(await project.headwater('get', 'nb/1/a/rows')).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot load .*rows.*: FileNotFoundError: blob \w{64} is missing from the store/) as unknown });
    });

    it('gives runs of the same instant numbers of their own', async () => {
      const { project } = await ranOnce();
      const runs = await Promise.all(Array.from({ length: 3 }, () => project.run('nb.ipynb', '-p', 'size=4')));
      expect(runs.map((run) => [run.events.at(-1)?.['run'], run.status]).sort()).toEqual([['nb/2', 'done'], ['nb/3', 'done'], ['nb/4', 'done']]);
    });

    it('of a newer format is left alone', async () => {
      const { project, place } = await ranOnce();
      await place.put('format.json', '{"format":99}\n');
      // What was installed is written down when nobody waits for the run any more.
      const keys = async () => (await place.keys()).filter((key) => !key.endsWith('/environment.json'));
      const before = await keys();
      for (const verb of ['run', 'resume'] as const) expect(await project.headwater(verb, verb === 'run' ? 'nb.ipynb' : 'nb/1')).toMatchObject({ code: 2, stderr: expect.stringContaining('has format 99; this Headwater knows formats up to 1.') as unknown });
      expect(await keys()).toEqual(before);
      expect(await project.python('import headwater\ntry: headwater.Flow("nb")\nexcept Exception as e: print(e)')).toContain('has format 99; this version knows formats up to 1. Update headwater.\n');
    });

    it('keeps a failed step as it was at the failure', async () => {
      const project = new Project();
      project.notebook('bad.ipynb', [['step:a', 'x = 41\ny = x + 1'], ['step:b', 'z = y * 2\nprint("so far", z)\n1 / 0']]);
      const place = await make(project);
      Object.assign(project.env, place.env, { HEADWATER_STORE: place.store });
      expect((await project.headwater('run', 'bad.ipynb')).code).toBe(1);
      place.forget();
      expect(await project.python('import headwater\ntask = headwater.Task("bad/1/b")\nprint(task.status, task.exception["type"], task.attempts[-1].data.z, task.stdout, end="")')).toBe('failed ZeroDivisionError 84 so far 84\n');
    });
  });
}
