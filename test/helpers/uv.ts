// uv for tests: the project's own, with the cache of this user, so that a package is fetched once a machine.

import { mkdirSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PYTHON } from './project.ts';

export const UV = path.join(path.dirname(PYTHON), 'uv');

/** Where it keeps what it has fetched. */
export const UV_CACHE = process.env['UV_CACHE_DIR'] ?? path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'uv');

/** Puts it where its installers would, in the home folder of an editor's server; returns what that server needs in its environment. */
export function installUv(home: string): Record<string, string> {
  const folder = path.join(home, '.local/bin');
  mkdirSync(folder, { recursive: true });
  symlinkSync(UV, path.join(folder, 'uv'));
  const reach = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && /^(UV_|SSL_CERT|https?_proxy|no_proxy)/i.test(entry[0]));
  return { ...Object.fromEntries(reach), UV_CACHE_DIR: UV_CACHE };
}
