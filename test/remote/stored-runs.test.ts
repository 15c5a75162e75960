// Runs in a store in S3: the same suite as on disk, and what only a store elsewhere can do.

import { randomUUID } from 'node:crypto';
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBucket } from '../helpers/bucket.ts';
import { Project } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';
import { describeStoredRuns, type Place } from '../helpers/stored-runs.ts';

Object.assign(process.env, CREDENTIALS);

describe.each(['versitygw', 'minio'] as const)('%s', (tool) => {
  let server: S3Server;
  beforeAll(async () => (server = await startS3(tool)));
  afterAll(() => server.end());

  function makePlace(project: Project): Promise<Place> {
    const prefix = `flows/${randomUUID()}`;
    const bucket = openBucket(server, prefix);
    const cache = path.join(path.dirname(project.folder), 'cache');
    return Promise.resolve({ store: server.url(prefix), env: { ...CREDENTIALS, HEADWATER_CACHE: cache }, ...bucket, forget: () => rmSync(cache, { recursive: true, force: true }) });
  }

  describeStoredRuns('a store in S3', makePlace);

  it('refuses bytes that arrive damaged', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'rows = list(range(50000))']]);
    const place = await makePlace(project);
    Object.assign(project.env, place.env, { HEADWATER_STORE: place.store });
    await project.run('nb.ipynb');
    place.forget();
    for (const key of (await place.keys()).filter((each) => each.startsWith('blobs/'))) await place.put(key, 'x'.repeat(100_000));
    expect(await project.headwater('get', 'nb/1/a/rows')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('arrived damaged') as unknown });
  });

  it('sends a gigabyte\'s worth of parts and maps them back, equal', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['setup', 'import numpy as np'], ['step:a', 'big = np.arange(15_000_000)'], ['step:b', 'total = int(big.sum())\ntotal']]);
    const place = await makePlace(project);
    Object.assign(project.env, place.env, { HEADWATER_STORE: place.store });
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('112499992500000\n');
    place.forget();
    expect(await project.python('import headwater, numpy as np\nprint(bool((headwater.load("nb/1/a/big") == np.arange(15_000_000)).all()))')).toBe('True\n');
  });

  it('needs no S3 client in the interpreter, and gives cells none', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'import sys, threading\ntry:\n    import boto3\nexcept ImportError as error:\n    print(error)\nx = list(range(30000))'], ['step:b', 'print(len(x), threading.active_count(), any("boto" in each for each in sys.modules))']]);
    const place = await makePlace(project);
    Object.assign(project.env, place.env, { HEADWATER_STORE: place.store });
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toBe("PYTHON · the active environment .venv\nnb/1 · nb.ipynb\nNo module named 'boto3'\n✓ a  TIME\n30000 1 False\n✓ b  TIME\n✓ nb/1 done\n");
  });

  it('goes on without a cache that cannot be written', async () => {
    const project = new Project();
    project.notebook('nb.ipynb', [['step:a', 'x = list(range(30000))'], ['step:b', 'len(x)']]);
    const place = await makePlace(project);
    writeFileSync(project.path('no-folder'), '');
    chmodSync(project.path('no-folder'), 0o400);
    Object.assign(project.env, place.env, { HEADWATER_STORE: place.store, HEADWATER_CACHE: project.path('no-folder') });
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('30000\n✓ b  TIME\n✓ nb/1 done\n');
    expect(readdirSync(project.folder).sort()).toEqual(['nb.ipynb', 'no-folder']);
  });
});
