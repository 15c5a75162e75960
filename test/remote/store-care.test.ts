// Care of a store in S3: the same verbs as in a folder.

import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { openStore } from '@headwater/engine';
import { makePlainClient } from '../helpers/bucket.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';
import { Project } from '../helpers/project.ts';

describe('a store in S3', () => {
  let server: S3Server;
  beforeAll(async () => (server = await startS3('versitygw')));
  afterAll(() => server.end());

  function makeProject(): { project: Project; url: string } {
    const project = new Project();
    const url = server.url(randomUUID());
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: url, HEADWATER_CACHE: project.path('cache') });
    project.notebook('nb.ipynb', [
      ['step:make writes:out.txt', 'data = b"x" * 200_000\nopen("out.txt", "w").write("kept")'],
      ['step:use reads:out.txt', 'import headwater\nsaved = headwater.current.checkpoint\nprint(saved.load("new"), open("out.txt").read(), len(data))\nsaved.save("old")'],
    ]);
    return { project, url };
  }

  it('tags, deletes, collects and checks', async () => {
    const { project, url } = makeProject();
    await project.run('nb.ipynb');
    expect((await project.headwater('logs', 'nb/1/use')).stdout).toBe('new kept 200000\n');
    expect((await project.headwater('tag', 'nb/1', '--add', 'best')).stdout).toBe('nb/1 #best\n');
    expect((await project.headwater('verify')).stdout).toMatch(/^1 runs, \d+ blobs, \d+ kB: everything is as it was stored\.\n$/);
    expect((await project.headwater('delete', 'nb/1')).code).toBe(0);
    // Only what nobody has touched for a day goes: whether somebody does so at that very moment no server can tell.
    expect((await project.headwater('gc')).stdout).toMatch(/^Deleted 0 blobs .*\n\d+ more were used lately/);
    Object.assign(process.env, CREDENTIALS);
    const store = await openStore(url);
    const blobs = await store.entries('blobs/');
    const [{ key } = { key: '' }] = blobs;
    const bytes = Buffer.from(await store.get(key) ?? []);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await store.put(key, bytes);
    expect((await project.headwater('verify')).stderr).toMatch(/^✗ Blob [0-9a-f]{64} is damaged: its bytes are not those that were stored\.\n$/);
  });

  it('gives files that tags name back, and checkpoints', async () => {
    const { project } = makeProject();
    await project.run('nb.ipynb');
    rmSync(project.path('out.txt'));
    expect((await project.headwater('resume', 'nb/1', '--from', 'use')).stdout).toContain('old kept 200000\n');
    expect(existsSync(project.path('out.txt'))).toBe(true);
  });
});

// Nothing that is deleted there is gone: what was deleted must not come back.
describe('a bucket that keeps old versions', () => {
  let server: S3Server;
  beforeAll(async () => (server = await startS3('minio')));
  afterAll(() => server.end());

  it.each([false, true])('locked for a day: %s', async (locked) => {
    const Bucket = `versions-${String(locked)}`;
    const client = makePlainClient(server.endpoint);
    await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: locked }));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    if (locked) await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } } } }));
    client.destroy();
    const project = new Project();
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: server.url('flows').replace('s3://team/', `s3://${Bucket}/`), HEADWATER_CACHE: project.path('cache') });
    project.notebook('nb.ipynb', [['step:a', 'rows = list(range(30000))'], ['step:b', 'print(len(rows))']]);
    for (const run of [1, 2]) expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain(`nb/${run} done`);
    expect((await project.headwater('delete', 'nb/1')).code).toBe(0);
    expect((await project.headwater('runs')).stdout.match(/nb\/\d/g)).toEqual(['nb/2']);
    expect((await project.headwater('show', 'nb/1')).code).toBe(2);
    expect((await project.headwater('verify')).stdout).toMatch(/^1 runs, .* everything is as it was stored\.\n$/);
    expect((await project.headwater('resume', 'nb/2')).stdout).toContain('↻ b  reused\n✓ nb/3 done\n');
    expect((await project.headwater('delete', 'nb/2', 'nb/3')).code).toBe(0);
    expect((await project.headwater('runs')).stdout).not.toContain('nb/');
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('30000\n✓ b');
  });
});
