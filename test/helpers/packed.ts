// One packed command for all files of a test run, made from the sources as they are: the tests use what a person installs.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const PACKED = 'HEADWATER_TEST_PACKED';

/** The command's file. */
export const bin = (): string => path.join(process.env[PACKED] ?? path.join(ROOT, 'packages/cli'), 'bin/headwater.mjs');

export function setup(): () => void {
  const folder = path.join(ROOT, '.cache/packed', String(process.pid));
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'scripts/packed.mjs'), folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`scripts/packed.mjs ended with ${String(status)}`);
  process.env[PACKED] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
