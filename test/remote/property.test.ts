// Random notebooks over a store in S3, and in the pods of a real cluster, end as in plain IPython: the property suite, elsewhere.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTEBOOK_IMAGE, noCluster, POD_CPU, startCluster, type Cluster } from '../helpers/cluster.ts';
import { forgetNumericSettings } from '../helpers/numerics.ts';
import { PYTHON } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Two notebooks at a time, each of some six processes of Python on loading pandas. */
const LONG_MS = 900_000;

/** What the suite says at its end. */
async function runSuite(options: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>): Promise<string> {
  const args = ['-m', 'pytest', '-q', '-n', '2', '-c', 'test/property/pyproject.toml', 'test/property/test_random_notebooks.py', '-k', 'test_many', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
  const suite = spawn(PYTHON, args, { cwd: ROOT, env: { ...forgetNumericSettings(process.env), ...CREDENTIALS, VIRTUAL_ENV: path.join(ROOT, '.venv'), ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return text(suite.stdout);
}

describe('random notebooks', () => {
  let server: S3Server;
  beforeAll(async () => (server = await startS3('versitygw')));
  afterAll(() => server.end());

  it('give over S3 what Run All gives', async () => {
    expect(await runSuite({ notebooks: '50', store: server.url('random/NOTEBOOK') }, {})).toMatch(/^50 passed/m);
  }, LONG_MS);

  describe.skipIf(noCluster !== null)('on Kubernetes', () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster();
      await cluster.useNotebookImage(PYTHON);
    });
    afterAll(() => cluster.end());

    it('give what Run All gives', async () => {
      const store = server.url('pods/NOTEBOOK');
      const inside = await cluster.open(Number(new URL(server.endpoint).port));
      const settings = JSON.stringify({ kubernetes: { image: NOTEBOOK_IMAGE, store: store.replace(server.endpoint, inside), envFromSecrets: ['s3'], cpu: POD_CPU, memory: '1Gi' } });
      expect(await runSuite({ notebooks: '10', store, on: 'kubernetes', settings }, { KUBECONFIG: cluster.kubeconfig })).toMatch(/^10 passed/m);
    }, LONG_MS);
  });
});
