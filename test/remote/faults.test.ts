// A network that fails between a run and its store: the run finishes, or stops with a reason and resumes. Never another value.

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startFaultProxy, type Fault } from '../helpers/fault-proxy.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';
import { startToxiproxy, type Toxiproxy } from '../helpers/toxiproxy.ts';

/** Small values, a blob in parts, output, a step that takes long enough for the world to change: once it shows something, all before it is stored. */
const CELLS = [
  ['step:a', 'rows = list(range(30000))\nbig = bytes(range(256)) * 80000\nprint("made")'],
  ['step:b', 'import time\nfor i in range(len(rows) // 1500):\n    print(i, flush=True)\n    time.sleep(0.2)'],
  ['step:c', 'print(sum(rows), len(big), hash(big) == hash(bytes(range(256)) * 80000))'],
] as const;
const SHOWN = `made\n✓ a  TIME\n${Array.from({ length: 20 }, (_, at) => `${at}\n`).join('')}✓ b  TIME\n449985000 20480000 True\n✓ c  TIME\n✓ nb/1 done\n`;

/** Interpreters with different clients for S3. */
describe.each(['obstore', 'Python alone'])('a store behind a network that fails, reached by %s', (client) => {
  let environment: string | undefined;
  let server: S3Server;
  let toxic: Toxiproxy;
  beforeAll(async () => {
    if (client !== 'obstore') environment = makeBareEnvironment();
    server = await startS3('versitygw');
    toxic = await startToxiproxy(server.endpoint);
  });
  afterEach(async () => {
    await toxic.clear();
    await toxic.enable(true);
  });
  afterAll(async () => {
    await toxic.end();
    await server.end();
    if (environment !== undefined) rmSync(environment, { recursive: true });
  });

  function make(endpoint: string): Project {
    const project = new Project();
    project.notebook('nb.ipynb', CELLS);
    if (environment !== undefined) project.env['VIRTUAL_ENV'] = environment;
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: server.url(`flows/${randomUUID()}`).replace(server.endpoint, endpoint), HEADWATER_CACHE: path.join(path.dirname(project.folder), 'cache') });
    return project;
  }

  /** `b` has shown something: asked of the server's own disk, for on a busy machine a command may take longer than the step. */
  async function untilShown({ env }: Project): Promise<void> {
    const prefix = new URL(env['HEADWATER_STORE'] ?? '').pathname.slice(1);
    while (!existsSync(path.join(server.folderOf(prefix), 'flows/nb/runs/00000001/tasks/b.0.log/00000000'))) await sleep(20);
  }

  it.each<[string, () => Promise<void>]>([
    ['every answer half a second late', () => toxic.add('latency', { latency: 500, jitter: 200 })],
    ['a connection in five reset', () => toxic.add('reset_peer', { timeout: 5 }, { share: 0.2 })],
    ['answers in crumbs', () => toxic.add('slicer', { average_size: 700, size_variation: 600, delay: 50 })],
    ['a connection in five cut after 60 kB', () => toxic.add('limit_data', { bytes: 60_000 }, { share: 0.2 })],
  ])('with %s gives what it always gives', async (_, spoil) => {
    const project = make(toxic.endpoint);
    // The first number is claimed in peace: what a wrong address looks like is another test's matter.
    await project.headwater('run', 'nb.ipynb');
    await spoil();
    const ended = await project.headwater('run', 'nb.ipynb');
    expect(ended.stdout.split('\n').slice(2).join('\n')).toBe(SHOWN.replace('nb/1', 'nb/2'));
  });

  it('that is gone for three seconds is waited for', async () => {
    const project = make(toxic.endpoint);
    const running = project.headwater('run', 'nb.ipynb');
    await untilShown(project);
    await toxic.enable(false);
    await sleep(3_000);
    await toxic.enable(true);
    expect((await running).stdout).toContain('449985000 20480000 True\n✓ c');
  });

  it('that swallows everything for a while is waited for', async () => {
    const project = make(toxic.endpoint);
    const running = project.headwater('run', 'nb.ipynb');
    await untilShown(project);
    await Promise.all((['upstream', 'downstream'] as const).map((stream) => toxic.add('timeout', { timeout: 0 }, { stream })));
    await sleep(8_000);
    await toxic.clear();
    expect((await running).stdout).toContain('449985000 20480000 True\n✓ c');
  });

  it('whose credentials expire ends the run with a reason, and resume goes on', async () => {
    let expired = false;
    const proxy = await startFaultProxy(server.endpoint, () => (expired ? { status: 400, code: 'ExpiredToken' } : null));
    onTestFinished(() => proxy.end());
    const project = make(proxy.endpoint);
    const running = project.headwater('run', 'nb.ipynb');
    await untilShown(project);
    expired = true;
    const ended = await running;
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(/The store .* refuses the credentials: they have expired\.\n {2}Sign in again, then `headwater resume` the run\./);
    expired = false;
    expect(await resumeWhenFree(project)).toContain('449985000 20480000 True\n');
  });

  it('that stays away ends the run with a reason, and resume goes on', async () => {
    const project = make(toxic.endpoint);
    const running = project.headwater('run', 'nb.ipynb');
    await untilShown(project);
    await toxic.enable(false);
    const ended = await running;
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(/The store .* cannot be reached: nothing answers at its endpoint\./);
    await toxic.enable(true);
    expect(await resumeWhenFree(project)).toContain('↻ a  reused\n');
  });

  it.each<[string, Fault]>([
    ['an answer in ten lost', () => (Math.random() < 0.1 ? 'lost' : null)],
    ['one in five asking to slow down', () => (Math.random() < 0.2 ? 503 : null)],
    ['the answer to every first conditional write lost', firstOfEach((request) => request.method === 'PUT' && request.headers['if-none-match'] !== undefined)],
  ])('with %s gives what it always gives', async (_, fault) => {
    const proxy = await startFaultProxy(server.endpoint, fault);
    onTestFinished(() => proxy.end());
    const ended = await make(proxy.endpoint).headwater('run', 'nb.ipynb');
    expect(ended.stdout.split('\n').slice(2).join('\n')).toBe(SHOWN);
  });

  // As a server does that closes the line before it has the whole body, when the object is there already.
  it('that answers no conditional write of a blob gives what it always gives, and again where the blobs are another\'s', async () => {
    const proxy = await startFaultProxy(server.endpoint, ({ method, headers, url = '' }) => (method === 'PUT' && headers['if-none-match'] !== undefined && url.includes('/blobs/') ? 'lost' : null));
    onTestFinished(() => proxy.end());
    const project = make(proxy.endpoint);
    for (const run of ['nb/1', 'nb/2']) expect((await project.headwater('run', 'nb.ipynb')).stdout.split('\n').slice(2).join('\n')).toBe(SHOWN.replace('nb/1', run));
  });
});

/** Nothing but Python. */
function makeBareEnvironment(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-bare-'));
  execFileSync(PYTHON, ['-m', 'venv', '--without-pip', folder]);
  return folder;
}

/** What `resume` shows. The engine may still be hoping: it is not taken over while it lives. */
async function resumeWhenFree(project: Project): Promise<string> {
  for (;;) {
    const resumed = await project.headwater('resume', 'nb/1');
    if (!resumed.stderr.includes('is still running')) return resumed.stdout;
    await sleep(500);
  }
}

/** Loses the first answer about each object, and never again. */
function firstOfEach(chosen: Fault extends (request: infer R) => unknown ? (request: R) => boolean : never): Fault {
  const seen = new Set<string>();
  return (request) => {
    const key = request.url ?? '';
    if (!chosen(request) || seen.has(key)) return null;
    seen.add(key);
    return 'lost';
  };
}
