// Programs the remote suites run against, built once from the Go module proxy into the user's cache folder.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'headwater-testbed');
const BIN = path.join(CACHE, 'bin');

/** Pinned: versitygw before 1.8 lets several racers win a conditional write. MinIO makes no versions for Go, so a commit stands for one. */
const TOOLS = {
  versitygw: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
  minio: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
} as const;
export type Tool = keyof typeof TOOLS;

/** Path of the program, built if it is not there yet; two builders at once wait for each other. */
export function findTool(tool: Tool): string {
  const file = path.join(BIN, tool);
  if (existsSync(file)) return file;
  mkdirSync(BIN, { recursive: true });
  console.log(`building ${tool} into ${BIN} (once, some minutes)`);
  const { status, stderr } = spawnSync('flock', [path.join(CACHE, `${tool}.lock`), 'go', 'install', '-trimpath', '-ldflags=-s -w', TOOLS[tool]], {
    encoding: 'utf8', env: { ...process.env, GOBIN: BIN, CGO_ENABLED: '0' },
  });
  if (status !== 0) throw new Error(`${tool} cannot be built: ${stderr}`);
  return file;
}
