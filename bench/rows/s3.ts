// Bytes between a machine and S3: many small objects and one large one, by the carrier, s5cmd and Metaflow's client, against one server on loopback.

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareEnvironment } from '../../test/helpers/peers.ts';
import { startFaultProxy } from '../../test/helpers/fault-proxy.ts';
import { CREDENTIALS, startS3, type S3Server } from '../../test/helpers/s3-server.ts';
import { present, type Bench } from '../bench.ts';
import { removeFolder } from '../measure/remove-folder.ts';
import { runCommand } from '../measure/run-command.ts';
import { BENCH, OUR_ENVIRONMENT, programOf } from '../places.ts';
import { atLeastTimes, atMost, type Contest, type Figures, type Row, type Subject } from '../row.ts';

interface Size {
  readonly count: number;
  readonly bytes: number;
  /** Of these Metaflow's client is given a part: it takes minutes for all. */
  readonly metaflowCount: number;
  readonly unit: string;
  /** From seconds for `count` objects to the figure. */
  readonly rate: (count: number, seconds: number) => number;
}

const SMALL: Size = { count: 10_000, bytes: 16 << 10, metaflowCount: 500, unit: '(objects/s)', rate: (count, seconds) => count / seconds };
const LARGE: Size = { count: 1, bytes: 2 * 2 ** 30 - 1, metaflowCount: 1, unit: '(MB/s)', rate: (_, seconds) => (2 * 2 ** 30) / 1e6 / seconds };

const COUNTED = 1_000;
const COUNTER = 'Headwater, counted';
const REQUESTS = 'requests (an object)';

export const s3Small: Row = { name: 's3-small', title: 'put and get 10,000 objects of 16 KiB', rounds: 3, prepare: (bench) => prepare(bench, SMALL, 5) };
export const s3Large: Row = { name: 's3-large', title: 'put and get one object of 2 GB', rounds: 3, prepare: (bench) => prepare(bench, LARGE, 2) };

async function prepare(bench: Bench, size: Size, timesMetaflow: number): Promise<Contest> {
  const server = await startS3('versitygw');
  bench.note(`versitygw on loopback; files in the page cache; Metaflow's client with ${size.metaflowCount} objects`);
  return {
    subjects: present(ours(bench, server, size), counted(bench, server, size), s5cmd(bench, server, size), metaflow(bench, server, size)),
    goals: ['put', 'get'].flatMap((figure) => [
      atLeastTimes(`≥ 1x s5cmd, ${figure}`, 1, ['Headwater', figure], ['s5cmd', figure]),
      atLeastTimes(`≥ ${timesMetaflow}x Metaflow, ${figure}`, timesMetaflow, ['Headwater', figure], ['Metaflow', figure]),
    ]).concat(size.count < COUNTED ? [] : atMost('≤ 1.05 requests an object', 1.05, [COUNTER, 'requests'], '')),
  };
}

function figures(size: Size, count: number, seconds: { readonly put: number; readonly get: number }): Figures {
  return { [`put ${size.unit}`]: size.rate(count, seconds.put), [`get ${size.unit}`]: size.rate(count, seconds.get) };
}

const secondsOf = (stdout: string) => (JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { seconds: number }).seconds;

/** Seconds that the carrier takes. */
async function carry({ folder, env, headwater }: Bench, url: string, { what, count, bytes, into }: { what: 'put' | 'get'; count: number; bytes: number; into: string }): Promise<number> {
  const args = [path.join(BENCH, 'ours/s3_carry.py'), path.join(headwater.packed, 'dist/python'), url, what, String(count), String(bytes), into];
  return secondsOf((await runCommand([programOf(OUR_ENVIRONMENT, 'python'), ...args], { cwd: folder, env: { ...env, ...CREDENTIALS } })).stdout);
}

function ours(bench: Bench, server: S3Server, size: Size): Subject {
  let round = 0;
  return {
    name: 'Headwater', role: 'ours', measure: async () => {
      round += 1;
      const place = path.join(bench.folder, `ours-${round}`);
      mkdirSync(place);
      const url = server.url(`ours-${round}`);
      const seconds = { put: await carry(bench, url, { what: 'put', ...size, into: path.join(place, 'out') }), get: await carry(bench, url, { what: 'get', ...size, into: path.join(place, 'in') }) };
      removeFolder(place);
      return figures(size, size.count, seconds);
    },
  };
}

/** What the server is asked, by way of a proxy that counts: not timed, for that slows it. */
function counted(bench: Bench, server: S3Server, { count, bytes }: Size): Subject | null {
  if (count < COUNTED) return null;
  return {
    name: COUNTER, role: 'ours', rounds: 1, measure: async () => {
      let requests = 0;
      const proxy = await startFaultProxy(server.endpoint, () => {
        requests += 1;
        return null;
      });
      const place = path.join(bench.folder, 'counted');
      mkdirSync(place);
      const url = server.url('counted').replace(server.endpoint, proxy.endpoint);
      for (const [what, into] of [['put', 'out'], ['get', 'in']] as const) await carry(bench, url, { what, count: COUNTED, bytes, into: path.join(place, into) });
      removeFolder(place);
      await proxy.end();
      return { [REQUESTS]: requests / (2 * COUNTED) };
    },
  };
}

function makeFiles(folder: string, count: number, bytes: number): string {
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < count; at += 1) writeFileSync(path.join(folder, `${at}.bin`), randomBytes(bytes));
  return folder;
}

function s5cmd({ folder, env }: Bench, server: S3Server, size: Size): Subject {
  const files = makeFiles(path.join(folder, 's5cmd-files'), size.count, size.bytes);
  const program = programOf(prepareEnvironment('s5cmd'), 's5cmd');
  let round = 0;
  return {
    name: 's5cmd', role: 'peer', measure: async () => {
      round += 1;
      const [there, back] = [`s3://team/s5cmd-${round}/`, path.join(folder, `s5cmd-back-${round}`)];
      const run = async (...args: string[]) => (await runCommand([program, '--endpoint-url', server.endpoint, '--log', 'error', ...args], { cwd: folder, env: { ...env, ...CREDENTIALS, AWS_REGION: 'us-east-1' } })).wallMs / 1_000;
      const seconds = { put: await run('cp', `${files}/`, there), get: await run('cp', `${there}*`, `${back}/`) };
      removeFolder(back);
      return figures(size, size.count, seconds);
    },
  };
}

function metaflow({ folder, env, metaflow: peer }: Bench, server: S3Server, size: Size): Subject | null {
  if (peer === null) return null;
  const files = makeFiles(path.join(folder, 'metaflow-files'), size.metaflowCount, size.bytes);
  const python = programOf(prepareEnvironment('metaflow'), 'python');
  let round = 0;
  return {
    name: 'Metaflow', role: 'peer', measure: async () => {
      round += 1;
      const run = async (what: string) => secondsOf((await runCommand([python, path.join(BENCH, 'peers/metaflow_s3.py'), `s3://team/metaflow-${round}`, what, files], {
        cwd: folder, env: { ...env, ...CREDENTIALS, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', METAFLOW_S3_ENDPOINT_URL: server.endpoint, METAFLOW_USER: 'bench', USERNAME: 'bench' },
      })).stdout);
      return figures(size, size.metaflowCount, { put: await run('put'), get: await run('get') });
    },
  };
}
