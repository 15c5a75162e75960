// AWS as others know it, for a second opinion on what we send: botocore's model of every request, and moto, a server that is not ours.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnBound } from './bound.ts';
import { freePort } from './free-port.ts';
import { PYTHON } from './project.ts';
import { CACHE } from './testbed.ts';

const SOURCES = path.resolve(import.meta.dirname, '../testbed/aws');
const ENVIRONMENT = path.join(CACHE, 'aws');

/** The interpreter that has them; its environment is made once, while whoever asks can do something else. */
export async function findAwsPython(): Promise<string> {
  const python = path.join(ENVIRONMENT, 'bin/python');
  const stamp = path.join(ENVIRONMENT, '.headwater-testbed');
  const requirements = path.join(SOURCES, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  await run(PYTHON, ['-m', 'venv', '--clear', ENVIRONMENT]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}

const run = promisify(execFile);

/** A line for each thing in these requests that the service's model does not know or lacks. */
export async function findModelProblems(service: string, requests: readonly (readonly [operation: string, body: unknown])[]): Promise<string> {
  const { stdout, stderr, status } = spawnSync(await findAwsPython(), [path.join(SOURCES, 'check_requests.py'), service], { input: JSON.stringify(requests), encoding: 'utf8' });
  return status === 0 ? stdout : `the requests cannot be checked: ${stderr}`;
}

const START_MS = 60_000;

export interface Moto {
  readonly endpoint: string;
  /** As Amazon's own client asks: service, operation and parameters by its names. */
  ask(service: string, operation: string, parameters: object): unknown;
  end(): Promise<void>;
}

/** Its jobs are done as soon as they are submitted: what is asked of it is how it understands us. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const python = await findAwsPython();
  const server = spawnBound(path.join(path.dirname(python), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + START_MS; ;) {
    try {
      await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body: JSON.stringify({ batch: { use_docker: false } }) });
      break;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until) throw error;
      await sleep(100);
    }
  }
  return {
    endpoint,
    ask: (...request) => ask(python, [endpoint, ...request]),
    async end() {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function ask(python: string, [endpoint, service, operation, parameters]: readonly [string, ...Parameters<Moto['ask']>]): unknown {
  const { stdout, stderr, status } = spawnSync(python, [path.join(SOURCES, 'ask.py'), endpoint, service, operation, JSON.stringify(parameters)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${service}.${operation}: ${stderr}`);
  return JSON.parse(stdout);
}
