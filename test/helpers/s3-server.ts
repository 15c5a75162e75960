// A real S3 server on loopback, with a bucket, for as long as a test file takes.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { runAtEnd, spawnBound } from './bound.ts';
import { makePlainClient } from './bucket.ts';
import { freePort } from './free-port.ts';
import { findTool } from './testbed.ts';

type Server = 'versitygw' | 'minio';

export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'testbed', AWS_SECRET_ACCESS_KEY: 'testbed-secret' };
export const BUCKET = 'team';
const START_MS = 20_000;

export interface S3Server {
  readonly endpoint: string;
  /** Of a place in the bucket. */
  url(prefix: string): string;
  /** Where versitygw keeps that place: an object is a file. */
  folderOf(prefix: string): string;
  end(): Promise<void>;
}

const COMMANDS: Readonly<Record<Server, (port: number, folder: string, spare: number) => [args: string[], env: Record<string, string>]>> = {
  versitygw: (port, folder) => [['--access', CREDENTIALS.AWS_ACCESS_KEY_ID, '--secret', CREDENTIALS.AWS_SECRET_ACCESS_KEY, '--port', `127.0.0.1:${port}`, '--quiet', 'posix', folder], {}],
  minio: (port, folder, spare) => [['server', '--quiet', '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${spare}`, folder], {
    MINIO_ROOT_USER: CREDENTIALS.AWS_ACCESS_KEY_ID, MINIO_ROOT_PASSWORD: CREDENTIALS.AWS_SECRET_ACCESS_KEY, MINIO_BROWSER: 'off',
  }],
};

export async function startS3(tool: Server): Promise<S3Server> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'headwater-s3-'));
  mkdirSync(path.join(folder, 'data'));
  const [port, spare] = [await freePort(), await freePort()];
  const [args, env] = COMMANDS[tool](port, path.join(folder, 'data'), spare);
  const server = spawnBound(await findTool(tool), args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env }, cwd: folder });
  const remove = runAtEnd('rm', '-rf', folder);
  const endpoint = `http://127.0.0.1:${port}`;
  await makeBucket(endpoint, server);
  return {
    endpoint,
    url: (prefix) => `s3://${BUCKET}/${prefix}?endpoint=${endpoint}`,
    folderOf: (prefix) => path.join(folder, 'data', BUCKET, prefix),
    async end() {
      if (server.exitCode === null) {
        const ended = new Promise((resolve) => server.once('close', resolve));
        server.kill('SIGKILL');
        await ended;
      }
      await remove();
    },
  };
}

async function makeBucket(endpoint: string, server: ChildProcess): Promise<void> {
  const client = makePlainClient(endpoint);
  for (const until = Date.now() + START_MS; ;) {
    try {
      await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
      client.destroy();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until) throw error;
      await sleep(50);
    }
  }
}
