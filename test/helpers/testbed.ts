// Programs the remote suites run against, built once from the Go module proxy into the user's cache folder.

import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'headwater-testbed');
const TESTBED = path.resolve(import.meta.dirname, '../testbed');

/** Pinned: versitygw before 1.8 lets several racers win a conditional write. MinIO makes no versions for Go, so a commit stands for one. */
export const TOOLS = {
  versitygw: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
  minio: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
  toxiproxy: 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0',
} as const;
export type Tool = keyof typeof TOOLS;

/** Path of the program. */
export async function findTool(tool: Tool): Promise<string> {
  const file = path.join(CACHE, 'bin', tool);
  await runScript('build-tool.sh', [TOOLS[tool], file]);
  return file;
}

/** What a script of the testbed prints. It may take minutes, in which a test runner wants to be answered. */
export async function runScript(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const running = promisify(execFile)(path.join(TESTBED, name), args, { encoding: 'utf8', env: { ...process.env, ...env } });
  running.child.stderr?.pipe(process.stderr);
  return (await running).stdout.trim();
}
