// Packages that a notebook asks for, in pods and jobs whose image has nothing but Python.

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '@headwater/protocol';
import { BatchSimulator } from '../helpers/batch-simulator.ts';
import { openBucket } from '../helpers/bucket.ts';
import { BASE_IMAGE, noCluster, POD_CPU, startCluster, type Cluster } from '../helpers/cluster.ts';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';

const WHERE = 'import IPython, six, sys\nprint(six.__version__, sys.prefix != sys.base_prefix, "headwater-code" in IPython.__file__)';

describe('packages that travel', () => {
  let server: S3Server;
  let batch: BatchSimulator;
  beforeAll(async () => {
    server = await startS3('versitygw');
    batch = await BatchSimulator.start({ role: CREDENTIALS, programs: { python3: PYTHON } });
  });
  afterAll(async () => {
    await batch.end();
    await server.end();
  });

  function make(cells: readonly CellLiteral[], settings: object, prefix = `flows/${randomUUID()}`): Project {
    const project = new Project();
    project.notebook('nb.ipynb', cells);
    project.write('headwater.json', JSON.stringify(settings));
    mkdirSync(project.path('.git'));
    const cache = path.join(path.dirname(project.folder), 'cache');
    Object.assign(project.env, CREDENTIALS, {
      HEADWATER_STORE: server.url(prefix), HEADWATER_CACHE: cache, XDG_CACHE_HOME: cache, PATH: [path.dirname(PYTHON), process.env['PATH']].join(path.delimiter),
      // What uv has fetched is there: a package is fetched once a machine.
      UV_CACHE_DIR: process.env['UV_CACHE_DIR'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'uv'),
    });
    return project;
  }

  describe.skipIf(noCluster !== null)('on Kubernetes', () => {
    let cluster: Cluster;
    let inside: string;
    beforeAll(async () => {
      cluster = await startCluster();
      inside = await cluster.open(Number(new URL(server.endpoint).port));
    });
    afterAll(() => cluster.end());

    function makePods(cells: readonly CellLiteral[], prefix = `flows/${randomUUID()}`): Project {
      const project = make(cells, { kubernetes: { image: BASE_IMAGE, store: server.url(prefix).replace(server.endpoint, inside), envFromSecrets: ['s3'], cpu: POD_CPU, memory: '512Mi' } }, prefix);
      project.env['KUBECONFIG'] = cluster.kubeconfig;
      return project;
    }

    it('are packed and sent once; each step has its own, values cross', async () => {
      const prefix = `flows/${randomUUID()}`;
      const project = makePods([
        ['step:bare on:kubernetes', 'import importlib.util\nprint(importlib.util.find_spec("IPython"))'], ['step:old on:kubernetes pip:six==1.15.0', `${WHERE}\nrows = [six.__version__]`],
        ['step:new on:kubernetes pip:six==1.16.0', `${WHERE}\nrows.append(six.__version__)`], ['step:here', 'print(rows)'],
      ], prefix);
      const first = await project.headwater('run', 'nb.ipynb');
      expect(first.stdout.match(/1\.1.*True True|\['.*|None/g)).toEqual(['None', '1.15.0 True True', '1.16.0 True True', "['1.15.0', '1.16.0']"]);
      expect(first.stderr.split('\n').map((line) => line.replace(/: .*/, '')).sort()).toEqual(['', 'building the environment of new', 'building the environment of old', 'sending the environment of new', 'sending the environment of old']);
      const { environments } = JSON.parse(new TextDecoder().decode(await openBucket(server, prefix).get('flows/nb/runs/00000001/run.json'))) as RunRecord;
      expect(environments.map(({ steps, packages }) => [steps, packages['six']])).toEqual([[['old'], '1.15.0'], [['new'], '1.16.0']]);
      expect(await project.headwater('resume', 'nb/1', '--from', 'new')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1.16.0 True True\n✓ new') as unknown });
    });

    it('are what the notebook says for all, setup too', async () => {
      const project = makePods([['', '# /// script\n# dependencies = ["six==1.16.0"]\n# ///\nimport six'], ['step:a', WHERE], ['step:b', 'print(six.__version__)']]);
      expect((await project.headwater('run', 'nb.ipynb', '--on', 'kubernetes')).stdout).toMatch(/1\.16\.0 True True\n✓ a[^]*1\.16\.0\n✓ b/);
    });
  });

  const ON_BATCH = () => ({ batch: { queue: 'flows', image: 'team/cells:1', region: 'us-east-1', endpoint: batch.endpoint, jobRole: 'arn:aws:iam::1:role/cells', memoryMiB: 512 } });

  it('go with jobs of AWS Batch', async () => {
    const project = make([['step:a on:batch pip:six==1.15.0', WHERE]], ON_BATCH());
    expect((await project.headwater('run', 'nb.ipynb')).stdout).toContain('1.15.0 True True\n✓ a');
  });

  it('of the image are held against those here, before the next run', async () => {
    const prefix = `flows/${randomUUID()}`;
    const project = make([['step:a on:batch', 'print("ran")']], ON_BATCH(), prefix);
    // The same interpreter runs here and there.
    for (const run of [1, 2]) {
      expect(await project.headwater('run', 'nb.ipynb')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`nb/${run} done`) as unknown });
      await batch.settle();
    }
    const bucket = openBucket(server, prefix);
    const noted = (await bucket.keys()).filter((key) => key.includes('/environments/image-')).sort();
    expect(noted.map((key) => key.split('/')[3])).toEqual(['00000001', '00000002']);
    const there = JSON.parse(new TextDecoder().decode(await bucket.get(noted[1] ?? ''))) as { packages: Record<string, string> };
    await bucket.put(noted[1] ?? '', JSON.stringify({ ...there, python: '3.8.1', packages: { ...there.packages, numpy: '1.0' } }));
    expect((await project.headwater('run', 'nb.ipynb')).stderr).toMatch(/^the image team\/cells:1 has Python 3\.8\.1, here 3\.\d+\.\d+ \(functions cross with their source only\); numpy 1\.0, here [\d.]+\n$/);
  });

  it.each<[string, string, RegExp]>([
    ['without a wheel', 'pip:docopt==0.6.2', /^✗ The environment of a \(pip:docopt==0\.6\.2\) cannot be made for x86_64-manylinux_2_28: Because docopt==0\.6\.2 has no usable wheels .*\n {2}What travels to another machine is made of wheels/],
    ['of a conda environment', 'conda:science', /^✗ Step `a` asks for `conda:science` and runs on AWS Batch, where it has the image in headwater\.json\.\n/],
  ])('are refused before anything runs, %s', async (_, tag, sentence) => {
    const ended = await make([[`step:a on:batch ${tag}`, 'x = 1']], { batch: { ...ON_BATCH().batch, platform: 'x86_64-manylinux_2_28' } }).headwater('run', 'nb.ipynb');
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(sentence);
  });
});
