// One step in a pod of a real cluster: what it takes until its cell runs, beyond what a pod takes until its Python runs.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { NO_ASKS, runPrefix, type Event } from '@headwater/protocol';
import { BASE_IMAGE, noCluster, startCluster } from '../../test/helpers/cluster.ts';
import { CREDENTIALS, startS3 } from '../../test/helpers/s3-server.ts';
import { Cluster } from '../../packages/engine/src/execute/kubernetes/cluster.ts';
import { jobName, makeJob } from '../../packages/engine/src/execute/kubernetes/job-spec.ts';
import { ProfileSchema } from '../../packages/engine/src/execute/kubernetes/profile.ts';
import * as v from 'valibot';
import type { Bench } from '../bench.ts';
import { runCommand } from '../measure/run-command.ts';
import { step, writeNotebook } from '../ours/notebook.ts';
import { OUR_ENVIRONMENT } from '../places.ts';
import type { Contest, Row } from '../row.ts';

const MOST_MS = 300;

export const pod: Row = { name: 'pod', title: 'one step in a pod, from its issue to its cell', rounds: 10, prepare };

async function prepare({ folder, headwater, env: plain, note }: Bench): Promise<Contest> {
  if (noCluster !== null) {
    note(`left out: ${noCluster}`);
    return { subjects: [], goals: [] };
  }
  const server = await startS3('versitygw');
  const cluster = await startCluster();
  const store = server.url('pods');
  const inside = store.replace(server.endpoint, await cluster.open(Number(new URL(server.endpoint).port)));
  note('a real kubelet, containerd and runc on this machine; versitygw on loopback, reached from pods through two relays; an image with Python and no S3 client');
  const settings = { image: BASE_IMAGE, store: inside, envFromSecrets: ['s3'], cpu: '500m', memory: '512Mi' };
  writeFileSync(path.join(folder, 'headwater.json'), JSON.stringify({ kubernetes: settings }));
  const notebook = writeNotebook(folder, 'one', [step('a', 'import time\nbegan = time.time()')]);
  const env = { ...plain, ...CREDENTIALS, VIRTUAL_ENV: OUR_ENVIRONMENT, KUBECONFIG: cluster.kubeconfig };
  const command = async (...args: string[]) => (await runCommand([process.execPath, path.join(headwater.packed, 'bin/headwater.mjs'), ...args, '--store', store], { cwd: folder, env })).stdout;
  process.env['KUBECONFIG'] = cluster.kubeconfig;
  const profile = v.parse(ProfileSchema, settings);
  const api = new Cluster(profile);
  let round = 0;
  return {
    subjects: [
      {
        name: 'Headwater', role: 'ours', measure: async () => {
          const events = (await command('run', notebook, '--on', 'kubernetes', '--json')).trim().split('\n').map((line) => JSON.parse(line) as Event & { run?: string });
          const issued = events.find((event) => event.type === 'task-issued' && event.step === 'a')?.t ?? NaN;
          const began = Number(await command('get', `${events.at(-1)?.run ?? ''}/a/began`)) * 1_000;
          return { 'to its first line': began - issued };
        },
      },
      {
        name: 'a pod', role: 'limit', measure: async () => {
          round += 1;
          const start = { packages: [], store: inside, prefix: runPrefix('bare', round), aloneSeconds: 0, wire: '', process: 'a.0', try: 0 };
          const bare = { flow: 'bare', run: round, hashSeed: 0, asks: NO_ASKS, wave: null, start };
          const issued = Date.now();
          await api.apply(makeJob({ ...bare, profile, bootstrap: 'import time\nprint(time.time())' }));
          const name = jobName(bare);
          cluster.kubectl('wait', '--for=condition=complete', `job/${name}`, '--timeout=60s');
          return { 'to its first line': Number(cluster.kubectl('logs', `job/${name}`)) * 1_000 - issued };
        },
      },
    ],
    goals: [{
      text: `≤ ${MOST_MS} ms beyond a pod`, kind: 'at most', bound: MOST_MS, unit: 'ms',
      value: (look) => {
        const [ours, bare] = [look('Headwater', 'to its first line'), look('a pod', 'to its first line')];
        return ours === null || bare === null ? null : ours - bare;
      },
    }],
  };
}
