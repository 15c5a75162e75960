// Toxiproxy before a server: what networks do to connections, switched on and off while something runs.

import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from './bound.ts';
import { freePort } from './free-port.ts';
import { findTool } from './testbed.ts';

const START_MS = 10_000;

export interface Toxiproxy {
  readonly endpoint: string;
  /** The type and attributes are toxiproxy's own; `share` of connections that it hits. */
  add(type: string, attributes: Readonly<Record<string, number>>, more?: { readonly share?: number; readonly stream?: 'upstream' | 'downstream' }): Promise<void>;
  /** Nothing answers any more, or again. */
  enable(on: boolean): Promise<void>;
  clear(): Promise<void>;
  end(): Promise<void>;
}

export async function startToxiproxy(target: string): Promise<Toxiproxy> {
  const [control, port] = [await freePort(), await freePort()];
  const server = spawnBound(await findTool('toxiproxy'), ['-host', '127.0.0.1', '-port', String(control)], { stdio: 'ignore' });
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${control}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`toxiproxy: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const proxy = { name: 's3', listen: `127.0.0.1:${port}`, upstream: new URL(target).host, enabled: true };
  for (const until = Date.now() + START_MS; ;) {
    try {
      await ask('POST', '/proxies', proxy);
      break;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(50);
    }
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async add(type, attributes, { share = 1, stream = 'downstream' } = {}) {
      await ask('POST', '/proxies/s3/toxics', { type, attributes, toxicity: share, stream });
    },
    async enable(on) {
      await ask('POST', '/proxies/s3', { enabled: on });
    },
    async clear() {
      for (const { name } of (await ask('GET', '/proxies/s3/toxics')) as { name: string }[]) await ask('DELETE', `/proxies/s3/toxics/${name}`);
    },
    async end() {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGKILL');
      await ended;
    },
  };
}
