// The demo's notebook, unchanged, in three places over one store: equal results, one history.

import { copyFileSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchSimulator } from '../helpers/batch-simulator.ts';
import { NOTEBOOK_IMAGE, noCluster, POD_CPU, startCluster, type Cluster } from '../helpers/cluster.ts';
import { forgetNumericSettings } from '../helpers/numerics.ts';
import { Project, PYTHON } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';
import { TestService } from '../helpers/service.ts';

const BIKES = path.resolve(import.meta.dirname, '../../examples/bikes');
const HELPERS = path.resolve(import.meta.dirname, '../helpers');
/** Two Run Alls do not agree on the bytes of these either: compared part by part. */
const BY_PARTS = /HistGradientBoosting|matplotlib/;
/** Where the models and figures of two runs differ: `_parents` of a figure holds addresses, `n_threads` the threads of the machine that learned. */
const PARTS = `
import io, json, sys
sys.path.insert(0, sys.argv[1])
import headwater
from differences import differences
here, there = (headwater.Run(run).data for run in sys.argv[2:])
def picture(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
boosting = list(differences(here.boosting, there.boosting))
figure = sorted({path.rpartition(".")[2] for path, _, _ in differences(here.fig, there.fig)})
print(json.dumps({"boosting": boosting, "figure": figure, "same picture": picture(here.fig) == picture(there.fig)}))
`;
/** Ten pods that each load pandas and scikit-learn. */
const LONG_MS = 900_000;

describe.skipIf(noCluster !== null)('the demo', () => {
  let server: S3Server;
  let cluster: Cluster;
  let batch: BatchSimulator;
  let inside: string;

  beforeAll(async () => {
    server = await startS3('versitygw');
    batch = await BatchSimulator.start({ role: CREDENTIALS, programs: { python3: PYTHON } });
    cluster = await startCluster();
    await cluster.useNotebookImage(PYTHON);
    inside = await cluster.open(Number(new URL(server.endpoint).port));
  });
  afterAll(async () => {
    await cluster.end();
    await batch.end();
    await server.end();
  });

  it('gives the same here, on Kubernetes and on AWS Batch', async () => {
    const project = new Project();
    mkdirSync(project.path('.git'));
    for (const file of ['bikes.ipynb', 'bikes.csv']) copyFileSync(path.join(BIKES, file), project.path(file));
    const store = server.url('demo');
    project.write('headwater.json', JSON.stringify({
      kubernetes: { image: NOTEBOOK_IMAGE, store: store.replace(server.endpoint, inside), envFromSecrets: ['s3'], cpu: POD_CPU, memory: '2Gi' },
      batch: { queue: 'flows', image: 'team/cells:1', region: 'us-east-1', endpoint: batch.endpoint, jobRole: 'arn:aws:iam::1:role/cells' },
    }));
    project.env = forgetNumericSettings(project.env);
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: store, KUBECONFIG: cluster.kubeconfig, HEADWATER_CACHE: path.join(path.dirname(project.folder), 'cache') });
    for (const place of ['local', 'kubernetes', 'batch']) {
      const ended = await project.headwater('run', 'bikes.ipynb', '--on', place, '-p', 'trees=10');
      expect([place, ended.code, ended.stderr, ended.stdout]).toEqual([place, 0, '', expect.stringMatching(/✓ bikes\/\d done\n$/)]);
    }
    const results = async (run: string) => (await project.headwater('artifacts', run, '--json')).stdout.trim().split('\n').map((line) => {
      const { name, step, digest, type } = JSON.parse(line) as Record<string, string>;
      return [name, step, type, BY_PARTS.test(type ?? '') ? '' : digest];
    });
    const here = await results('bikes/1');
    expect(here.length).toBeGreaterThan(8);
    expect(await results('bikes/2')).toEqual(here);
    expect(await results('bikes/3')).toEqual(here);
    const parts = async (run: string) => JSON.parse(await project.python(PARTS, HELPERS, 'bikes/1', run)) as unknown;
    const cores = availableParallelism();
    expect(await parts('bikes/2')).toEqual({ boosting: cores === 1 ? [] : [['_bin_mapper.n_threads', cores, 1]], figure: ['_parents'], 'same picture': true });
    expect(await parts('bikes/3')).toEqual({ boosting: [], figure: ['_parents'], 'same picture': true });
    const outputs = async (run: string) => (await project.headwater('logs', run)).stdout;
    expect(await outputs('bikes/2')).toBe(await outputs('bikes/1'));
    expect(await outputs('bikes/3')).toBe(await outputs('bikes/1'));
    // One history, for the command and for editors.
    expect((await project.headwater('runs', 'bikes')).stdout.match(/bikes\/\d/g)).toEqual(['bikes/3', 'bikes/2', 'bikes/1']);
    const link = (await TestService.start(project)).link();
    const page = await link.call('runs', { store, flow: null, state: 'all', filter: '', after: null, limit: 10 });
    expect(page.rows.map(({ run, status, count }) => [run, status, count.failed])).toEqual([['bikes/3', 'done', 0], ['bikes/2', 'done', 0], ['bikes/1', 'done', 0]]);
  }, LONG_MS);
});
