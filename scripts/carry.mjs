// Fetches what an interpreter without an S3 client is given: into kernel-bridge/carried, without the parts no store needs. `carry.mjs PYTHON`.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const FOLDER = 'kernel-bridge/carried';
/** Of some four hundred services described there: the store's own, and those that credentials come from. */
const SERVICES = ['s3', 'sts', 'sso', 'sso-oidc', 'signin'];

rmSync(FOLDER, { recursive: true, force: true });
const { status } = spawnSync(process.argv[2] ?? 'python3', [
  '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', '--python-version', '3.9', '--only-binary=:all:',
  '--target', FOLDER, '-r', 'kernel-bridge/carried.txt',
], { stdio: ['ignore', 'inherit', 'inherit'] });
const data = path.join(FOLDER, 'botocore/data');
for (const entry of status === 0 ? readdirSync(data, { withFileTypes: true }) : []) {
  if (entry.isDirectory() && !SERVICES.includes(entry.name)) rmSync(path.join(data, entry.name), { recursive: true });
}
for (const unused of ['bin', 'boto3/examples']) rmSync(path.join(FOLDER, unused), { recursive: true, force: true });
process.exitCode = status ?? 1;
