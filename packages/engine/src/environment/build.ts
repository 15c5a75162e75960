// From a lock to an interpreter that has its packages, once a lock: kept in this user's cache folder, which may be emptied at any time.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runUv, type Uv } from './uv.ts';

export interface BuildOptions {
  readonly uv: Uv;
  /** The interpreter it is made of, and its version. */
  readonly python: string;
  readonly version: string;
  readonly cache: string;
  /** The notebook's: the settings of uv there say where packages come from. */
  readonly folder: string;
  /** Arguments of uv that do. */
  readonly settings: readonly string[];
  /** Called where it is not there yet. */
  readonly building: () => void;
}

/** Of what is in it: the same in every place. */
export function environmentId(lock: string, version: string): string {
  return createHash('sha256').update(JSON.stringify([lock, version])).digest('hex').slice(0, 16);
}

/** The folder of the environment. */
export async function buildEnvironment(lock: string, { uv, python, version, cache, settings, building, folder: cwd }: BuildOptions): Promise<string> {
  const folder = path.join(cache, 'environments', environmentId(lock, version));
  // A link: false where the interpreter it was made of is gone.
  if (existsSync(interpreterIn(folder))) return folder;
  building();
  // Whole or not at all, and others may build the same.
  const passing = `${folder}.${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  try {
    await runUv(uv, ['venv', '--quiet', '--relocatable', '--python', python, passing], { cwd });
    await writeFile(path.join(passing, 'lock.txt'), lock);
    await runUv(uv, ['pip', 'sync', '--quiet', '--verify-hashes', '--python', interpreterIn(passing), path.join(passing, 'lock.txt'), ...settings], { cwd });
    await rename(passing, folder).catch((error: unknown) => {
      if (!existsSync(interpreterIn(folder))) throw error;
    });
  } finally {
    await rm(passing, { recursive: true, force: true });
  }
  return folder;
}

export function interpreterIn(folder: string): string {
  return path.join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
}

/** The variables of whoever has activated it. */
export function activate(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PYTHONHOME: undefined, CONDA_PREFIX: undefined, VIRTUAL_ENV: folder, PATH: [path.dirname(interpreterIn(folder)), env['PATH'] ?? ''].join(path.delimiter) };
}
