// Steps as jobs of AWS Batch, simulated with real processes, over a real S3 server.

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BatchSimulator } from '../helpers/batch-simulator.ts';
import { makeGate } from '../helpers/gate.ts';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';
import { startToxiproxy } from '../helpers/toxiproxy.ts';

describe('aws batch', () => {
  let server: S3Server;
  let batch: BatchSimulator;
  beforeAll(async () => (server = await startS3('versitygw')));
  afterAll(() => server.end());
  beforeEach(async () => (batch = await BatchSimulator.start({ role: CREDENTIALS, programs: { python3: PYTHON } })));
  afterEach(() => batch.end());

  function make(cells: readonly CellLiteral[], profile: Record<string, unknown> = {}): Project {
    const project = new Project();
    project.notebook('nb.ipynb', cells);
    project.write('headwater.json', JSON.stringify({ batch: { queue: 'flows', image: 'team/cells:1', region: 'us-east-1', endpoint: batch.endpoint, jobRole: 'arn:aws:iam::1:role/cells', memoryMiB: 512, ...profile } }));
    mkdirSync(project.path('.git'));
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: server.url(`flows/${randomUUID()}`), HEADWATER_CACHE: path.join(path.dirname(project.folder), 'cache') });
    return project;
  }

  const untilRunning = async () => {
    for (;;) {
      const job = [...batch.jobs.values()].find((each) => each.status === 'RUNNING');
      if (job !== undefined) return job;
      await sleep(50);
    }
  };

  it('runs steps as jobs, with the names, aliases and functions they would see here', async () => {
    batch.world.throttled = 3;
    const project = make([
      ['setup', 'def double(x):\n    return [2 * each for each in x]'],
      ['step:a', 'rows = list(range(20000))\nother = rows'],
      ['step:b on:batch', 'import os\nprint(len(rows), rows is other, double(rows[:3]), "AWS_BATCH_JOB_ID" in os.environ)\nrows.append(7)'],
      ['step:c', 'print(len(rows), rows is other)'],
    ]);
    expect(await project.headwater('run', 'nb.ipynb')).toMatchObject({
      code: 0, stderr: '', stdout: 'PYTHON · the active environment .venv\nnb/1 · nb.ipynb\n✓ a  TIME\n20000 True [0, 2, 4] True\n✓ b  TIME\n20001 True\n✓ c  TIME\n✓ nb/1 done\n',
    });
    expect((await batch.settle()).map(({ status, attempts }) => [status, attempts.length])).toEqual([['SUCCEEDED', 1]]);
  });

  it('says so when a job reads what another wrote on its own disk, and hands it on where tags ask for it', async () => {
    const cells = (tags: { writes: string; reads: string }): CellLiteral[] => [
      ['setup', 'import pathlib\nname = "".join(["table", ".csv"])'],
      [`step:a on:batch${tags.writes}`, 'pathlib.Path(name).write_text("new")'],
      [`step:b on:batch${tags.reads}`, 'print(pathlib.Path(name).read_text())'],
    ];
    const project = make(cells({ writes: '', reads: '' }));
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('✗ b  FileElsewhere: b read table.csv, which a wrote on a disk of its own, in a job. Tag them `writes:table.csv` and `reads:table.csv`, or pass it on as a variable.');
    project.notebook('nb.ipynb', cells({ writes: ' writes:table.csv', reads: ' reads:table.csv' }));
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('new\n✓ b');
  });

  it('registers a definition once', async () => {
    const project = make([['step:a', 'x = 1']]);
    await project.headwater('run', 'nb.ipynb', '--on', 'batch');
    await project.headwater('run', 'nb.ipynb', '--on', 'batch');
    expect(batch.world.requests.filter((each) => each === 'registerjobdefinition')).toHaveLength(1);
  });

  it('takes a cached result of the same image only', async () => {
    const project = make([['step:a cache on:batch', 'print("made")']]);
    const setImage = (image: string) => project.write('headwater.json', project.read('headwater.json').replace(/team\/cells:\d/, image));
    const run = async () => {
      const { stdout } = await project.headwater('run', 'nb.ipynb');
      // What a job found in its image it writes down at its end.
      await batch.settle();
      return stdout;
    };
    expect(await run()).toContain('✓ a');
    expect(await run()).toContain('↻ a  reused');
    setImage('team/cells:2');
    expect(await run()).toContain('✓ a');
    setImage('team/cells:1');
    expect(await run()).toContain('↻ a  reused');
  });

  it('makes one job of a submission whose answer was lost', async () => {
    batch.world.lost = 1;
    const project = make([['step:a on:batch', 'print("once")']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toBe('PYTHON · the active environment .venv\nnb/1 · nb.ipynb\nonce\n✓ a  TIME\n✓ nb/1 done\n');
    expect((await batch.settle()).map(({ status }) => status)).toEqual(['SUCCEEDED']);
  });

  it('says that memory ran out', async () => {
    const project = make([['step:a on:batch', 'import time\nx = [bytearray(10**7) for _ in range(100)]\ntime.sleep(5)']]);
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('✗ a  it needed more memory than its job was given');
  });

  it('goes on when a machine is taken back: AWS starts the job again, the engine follows', async () => {
    const gate = makeGate();
    const project = make([['step:a on:batch', `print("up", flush=True)\n${gate.wait}\nprint("attempt", os.environ["AWS_BATCH_JOB_ATTEMPT"])`]]);
    const running = project.headwater('run', 'nb.ipynb');
    const job = await untilRunning();
    while (!(await project.headwater('logs', 'nb/1/a')).stdout.includes('up')) await sleep(300);
    batch.takeHost(job);
    gate.open();
    expect((await running).stdout).toContain('attempt 2\n✓ a');
    expect(batch.jobs.size).toBe(1);
  });

  it('goes on after its engine was killed with what still runs: nothing twice, nothing lost', async () => {
    const gate = makeGate();
    const project = make([['step:a on:batch', `print("once", flush=True)\n${gate.wait}\nx = 7`], ['step:b on:batch', 'print(x + 1)']]);
    const ended = project.end(project.start(['run', 'nb.ipynb']));
    await untilRunning();
    const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
    process.kill(owner.pid, 'SIGKILL');
    expect((await ended).stdout).toContain('nb/1 lost');
    const resumed = project.headwater('resume', 'nb/1');
    await project.untilRun('nb/2');
    gate.open();
    expect((await resumed).stdout).toBe('PYTHON · the active environment .venv\nnb/2 · nb.ipynb\nonce\n↻ a  reused\n8\n✓ b  TIME\n✓ nb/2 done\n');
    expect([...batch.jobs.values()].map((job) => /nb-\d-\w/.exec(job.jobName)?.[0])).toEqual(['nb-1-a', 'nb-2-b']);
  });

  it('ends with a reason when AWS does not answer any more; resume takes over what went on', async () => {
    const gate = makeGate();
    const project = make([['step:a on:batch', `print("once", flush=True)\n${gate.wait}\nx = 7`], ['step:b', 'print(x + 1)']], { silentSeconds: 4 });
    const running = project.headwater('run', 'nb.ipynb');
    await untilRunning();
    batch.world.gone = true;
    // The store answers all the while.
    expect((await running).stdout + (await running).stderr).toContain('AWS Batch has not answered for 4 seconds.');
    batch.world.gone = false;
    gate.open();
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('once\n↻ a  reused\n8\n✓ b  TIME\n✓ nb/2 done\n');
    expect(batch.jobs.size).toBe(1);
  });

  it('lets a job wait for its turn as long as its engine lives, and no longer', async () => {
    const gate = makeGate();
    const written = path.join(gate.folder, 'written');
    const project = make([
      ['step:a', gate.wait],
      ['step:b on:batch', `open("${written}", "w").write("outside")`],
    ], { aloneSeconds: 6 });
    const ended = project.end(project.start(['run', 'nb.ipynb']));
    const sign = path.join(server.folderOf(new URL(project.env['HEADWATER_STORE'] ?? '').pathname.slice(1)), 'flows/nb/runs/00000001/wire/engine');
    // Signs come four times in those six seconds: the job has waited longer, and waits.
    const signs = new Set<string>();
    while (signs.size < 7) {
      if (existsSync(sign)) signs.add(readFileSync(sign, 'utf8'));
      await sleep(50);
    }
    expect([...batch.jobs.values()].map(({ status }) => status)).toEqual(['RUNNING']);
    const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
    process.kill(owner.pid, 'SIGKILL');
    await ended;
    expect((await batch.settle()).map(({ status, container }) => [status, container.exitCode])).toEqual([['FAILED', 75]]);
    expect(existsSync(written)).toBe(false);
    gate.open();
    expect((await project.headwater('resume', 'nb/1')).stdout).toMatch(/✓ a[^]*✓ b[^]*✓ nb\/2 done\n$/);
    expect(readFileSync(written, 'utf8')).toBe('outside');
  });

  it('ends with a reason when neither AWS nor the store answers any more; resume takes over what went on', async () => {
    const toxic = await startToxiproxy(server.endpoint);
    onTestFinished(() => toxic.end());
    const gate = makeGate();
    const prefix = `flows/${randomUUID()}`;
    const project = make([['step:a on:batch', `print("once", flush=True)\n${gate.wait}\nx = 7`], ['step:b', 'print(x + 1)']], { store: server.url(prefix), silentSeconds: 4 });
    project.env['HEADWATER_STORE'] = server.url(prefix).replace(server.endpoint, toxic.endpoint);
    const ended = project.end(project.start(['run', 'nb.ipynb']));
    await untilRunning();
    const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
    batch.world.gone = true;
    await toxic.enable(false);
    expect(await ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/The store .* cannot be reached: nothing answers at its endpoint\./) as unknown });
    // Whoever watches is told at once; the engine has hoped a little longer.
    await expect.poll(() => existsSync(`/proc/${owner.pid}`), { timeout: 60_000 }).toBe(false);
    gate.open();
    await batch.settle();
    batch.world.gone = false;
    await toxic.enable(true);
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('once\n↻ a  reused\n8\n✓ b  TIME\n✓ nb/2 done\n');
    expect(batch.jobs.size).toBe(1);
  });

  it('stops a job so that its `finally` blocks run', async () => {
    const project = make([['step:a on:batch', 'import time\ntry:\n    print("up", flush=True)\n    time.sleep(100)\nfinally:\n    print("tidied up")']]);
    const ended = project.end(project.start(['run', 'nb.ipynb']));
    while (!(await project.headwater('logs', 'nb/1/a')).stdout.includes('up')) await sleep(300);
    expect((await project.headwater('stop', 'nb/1')).stdout).toContain('nb/1 is stopped');
    await ended;
    expect(await project.python('import headwater\nprint(headwater.Task("nb/1/a").attempts[-1].text("stdout"), end="")')).toBe('up\ntidied up\n');
  });

  describe('branches of a foreach', () => {
    const states = () => [...batch.arrays.values()].map(({ children }) => children.map(({ status, attempts }) => `${status} ${attempts.length}`));
    /** The list is taken apart where it was made: a job does so only for one that a job made. */
    const singles = () => [...batch.jobs.values()].filter(({ index }) => index === null).map(({ jobName }) => /nb-\d-(\w+(-\d+)*)(?=-)/.exec(jobName)?.[1]);

    it('are one array job; one that is tried again is a job of its own', async () => {
      const project = make([
        ['step:list', 'items = [0, 1, 2]'],
        ['step:each foreach:item=items retry:1 on:batch', 'import os, headwater\nif item == 1 and headwater.current.attempt == 0:\n    os._exit(3)\nprint(item)\ny = item * 10'],
        ['step:all join', 'print([each.y for each in inputs])'],
      ]);
      const { code, stdout } = await project.headwater('run', 'nb.ipynb');
      expect([code, stdout]).toEqual([0, expect.stringContaining('[0, 10, 20]\n✓ all')]);
      await batch.settle();
      expect(states()).toEqual([['SUCCEEDED 1', 'FAILED 1', 'SUCCEEDED 1']]);
      expect(singles()).toEqual(['each-1-1']);
      expect(await project.python('import headwater\nprint([t.stdout for t in headwater.Run("nb/1")["each"].tasks()])')).toBe("['0\\n', '1\\n', '2\\n']\n");
    });

    it('are followed one by one when a machine is taken back, and ended one by one', async () => {
      const gate = makeGate();
      const project = make([
        ['step:list', 'items = [0, 1, 2]'],
        ['step:each foreach:item=items timeout:40s catch:late on:batch', `import time\nprint("up", flush=True)\nif item == 1:\n    time.sleep(200)\n${gate.wait}\ntried = os.environ["AWS_BATCH_JOB_ATTEMPT"]`],
        ['step:all join', 'print([(each.late is None, each.late is None and each.tried) for each in inputs])'],
      ]);
      const running = project.headwater('run', 'nb.ipynb');
      while (!(await project.headwater('logs', 'nb/1/each[0]')).stdout.includes('up')) await sleep(300);
      const first = [...batch.jobs.values()].find(({ index }) => index === 0);
      if (first !== undefined) batch.takeHost(first);
      gate.open();
      expect((await running).stdout).toContain("[(True, '2'), (False, False), (True, '1')]\n✓ all");
      await batch.settle();
      expect(states()).toEqual([['SUCCEEDED 2', 'FAILED 1', 'SUCCEEDED 1']]);
    });

    it('are taken over one by one from an engine that was killed: nothing twice, nothing lost', async () => {
      const gate = makeGate();
      const project = make([
        ['step:list on:batch', 'items = [0, 1, 2]'],
        ['step:each foreach:item=items on:batch', `print("once", flush=True)\n${gate.wait}\ny = item * 10`],
        ['step:all join', 'print([each.y for each in inputs])'],
      ]);
      const ended = project.end(project.start(['run', 'nb.ipynb']));
      for (const index of [0, 1, 2]) while (!(await project.headwater('logs', `nb/1/each[${index}]`)).stdout.includes('once')) await sleep(300);
      const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
      process.kill(owner.pid, 'SIGKILL');
      expect((await ended).stdout).toContain('nb/1 lost');
      const resumed = project.headwater('resume', 'nb/1');
      await project.untilRun('nb/2');
      gate.open();
      expect((await resumed).stdout).toContain('[0, 10, 20]\n✓ all');
      await batch.settle();
      expect([[...batch.arrays.values()].map(({ children }) => children.map(({ attempts }) => attempts.length)), singles()]).toEqual([[[1, 1, 1]], ['list-0', 'each-0']]);
    });
  });

  it.each<[string, Record<string, unknown>, () => void, string]>([
    ['a queue that is not there', { queue: 'nobodys' }, () => undefined, 'AWS Batch has no job queue nobodys'],
    ['a definition that AWS rejects', {}, () => void (batch.world.rejected = 'Error executing request, Exception : executionRoleArn is not a valid ARN'), 'AWS Batch refuses: Error executing request, Exception : executionRoleArn is not a valid ARN'],
    ['a queue that is closed', {}, () => void (batch.world.queue.state = 'DISABLED'), 'Job queue flows takes no jobs: it is DISABLED, VALID.'],
    ['a size Fargate does not have', { vcpu: 1, memoryMiB: 512, executionRole: 'arn' }, () => void (batch.world.type = 'FARGATE'), 'Fargate has no machine of 1 vCPUs with 512 MiB; from 2048 to 8192 in steps of 1024.'],
  ])('refuses %s before anything runs', async (_, profile, change, sentence) => {
    change();
    expect(await make([['step:a on:batch', 'x = 1']], profile).headwater('run', 'nb.ipynb')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) as unknown });
    expect(batch.jobs.size).toBe(0);
  });

  it('has a doctor who knows the way there', async () => {
    const project = make([['step:a', 'x = 1']]);
    const ask = () => project.headwater('doctor', '--on', 'batch');
    expect((await ask()).stdout).toContain('✓ batch: it can be reached, and takes what the profile describes\n');
    batch.world.queue.state = 'DISABLED';
    expect(await ask()).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ batch: Job queue flows takes no jobs: it is DISABLED, VALID.\n') as unknown });
    batch.world.gone = true;
    expect(await ask()).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ batch: AWS Batch does not answer: ') as unknown });
  });

  it.each<[string, Record<string, unknown>, () => void, string]>([
    ['an image that does not come', { image: 'team/missing:1' }, () => undefined, 'its image does not come: CannotPullContainerError'],
    ['a job that no machine takes', { runnableSeconds: 2 }, () => void (batch.world.stuck = 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - the job asks for more than any machine has'), 'it did not start: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'],
    ['a store it cannot reach', { store: 's3://team/x?endpoint=http://127.0.0.1:9' }, () => undefined, 'its job could not fetch its code: the store cannot be reached from the pod: http://127.0.0.1:9/team/x/code/'],
    ['an image whose Python does not start', { env: { PYTHONHOME: '/nowhere' } }, () => undefined, 'its job ended with exit code 1: '],
  ])('says what is wrong with %s', async (_, profile, change, sentence) => {
    change();
    const ended = await make([['step:a on:batch', 'x = 1']], profile).headwater('run', 'nb.ipynb');
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining(sentence)]);
  });
});
