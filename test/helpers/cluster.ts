// A real Kubernetes on this machine (apiserver, etcd, scheduler, kubelet, containerd, runc), in namespaces of its own, and a way for its pods to a server here.

import { execFileSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAtEnd, spawnBound } from './bound.ts';
import { CREDENTIALS } from './s3-server.ts';
import { CACHE, runScript } from './testbed.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '../testbed/kubernetes');
/** The node's address inside its network (up.sh). */
const NODE = '10.200.0.1';
/** What the Job controller waits for without need in a test: the Job's state follows its pod's at once. */
const QUICK = { K8SALL_JOB_SYNC: '50ms', K8SALL_JOB_BACKOFF: '200ms' };
const START_MS = 10_000;
/** Names the folder of a cluster that several test files use one after the other (shared-cluster.ts). */
export const SHARED = 'HEADWATER_TEST_CLUSTER';

/** Why there is no cluster here, or null. */
export const noCluster = process.env['HEADWATER_TEST_WITHOUT_CLUSTER'] !== undefined ? 'this suite does without' : process.getuid?.() === 0 ? null : 'a real node needs root';

/** This project's own environment as an image: made by `useNotebookImage`. */
export const NOTEBOOK_IMAGE = 'localhost/test/notebook:1';
export const BASE_IMAGE = 'localhost/test/base:1';
/** A limit too: with a tenth of a core, starting Python and importing pandas takes half a minute. Four such pods fit on two cores. */
export const POD_CPU = '500m';

export interface Cluster {
  readonly kubeconfig: string;
  /** Calls kubectl. There is a Secret `s3` with the credentials of our servers. */
  kubectl(...args: string[]): string;
  /** An address for pods that leads to a port of this machine's loopback. */
  open(port: number): Promise<string>;
  /** Kills a server of the cluster and starts it again, or does one of both. */
  restart(server: 'apiserver' | 'kubelet', only?: 'kill' | 'start'): Promise<string>;
  /** The node is gone with all that ran there, and nobody is told; or there is one again. */
  loseNode(): Promise<string>;
  bringNode(): Promise<string>;
  useNotebookImage(python: string): Promise<void>;
  end(): Promise<void>;
}

/** The cluster of this test run if it has one, else one of the caller's own. */
export async function startCluster(): Promise<Cluster> {
  const shared = process.env[SHARED];
  const run = shared ?? mkdtempSync(path.join(os.tmpdir(), 'headwater-k8s-'));
  const script = (name: string, ...args: string[]) => runScript(`kubernetes/${name}`, args, { ...QUICK, K8S_CACHE: CACHE });
  await script('packages.sh');
  const bin = await script('build.sh');
  const relays: ChildProcess[] = [];
  const endOwn = shared === undefined ? endLater(run) : null;
  await script('up.sh', 't2', run);
  const kubeconfig = path.join(run, 'kubeconfig.host');
  const kubectl = (...args: string[]) => execFileSync(path.join(bin, 'kubectl'), ['--kubeconfig', kubeconfig, ...args], { encoding: 'utf8' });
  await once(path.join(run, 'has-secret'), () => kubectl('create', 'secret', 'generic', 's3', ...Object.entries(CREDENTIALS).map(([name, value]) => `--from-literal=${name}=${value}`)));
  return {
    kubeconfig,
    kubectl,
    open: (port) => openWay(run, port, relays),
    restart: (server, only) => script('restart.sh', run, server, ...(only === undefined ? [] : [only])),
    loseNode: () => script('lose-node.sh', run),
    bringNode: () => script('restart.sh', run, 'kubelet', 'start'),
    useNotebookImage: (python) => once(path.join(run, 'has-notebook-image'), async () => {
      const archive = path.join(CACHE, 'notebook.tar');
      await script('notebook-image.sh', python, archive);
      execFileSync('ctr', ['-a', path.join(run, 'containerd.sock'), '-n', 'k8s.io', 'images', 'import', archive], { stdio: 'ignore' });
    }),
    async end() {
      for (const relay of relays) relay.kill('SIGKILL');
      await endOwn?.();
    },
  };
}

/** It ends with this process, or when what is returned is called. */
export function endLater(run: string): () => Promise<void> {
  return runAtEnd('sh', '-c', '"$1" "$2"; rm -rf "$2"', 'sh', path.join(SCRIPTS, 'down.sh'), run);
}

/** What a cluster needs once, whoever comes first. */
async function once(mark: string, work: () => unknown): Promise<void> {
  if (existsSync(mark)) return;
  await work();
  writeFileSync(mark, '');
}

/** Two relays and a socket between them, which network namespaces do not divide. */
async function openWay(run: string, port: number, relays: ChildProcess[]): Promise<string> {
  const relay = path.join(SCRIPTS, 'relay.mjs');
  const socket = path.join(run, `way-${port}.sock`);
  const inside = ['-t', readFileSync(path.join(run, 'ns.pid'), 'utf8').trim(), '--net', process.execPath, relay];
  relays.push(spawnBound(process.execPath, [relay, socket, `127.0.0.1:${port}`], { stdio: 'inherit' }));
  for (const until = Date.now() + START_MS; !existsSync(socket) && Date.now() < until;) await sleep(20);
  relays.push(spawnBound('nsenter', [...inside, `${NODE}:${port}`, socket], { stdio: 'inherit' }));
  return `http://${NODE}:${port}`;
}
