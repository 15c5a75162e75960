// From a lock to an interpreter that has its packages, once a lock: kept in this user's cache folder, which may be emptied at any time.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { interpreterIn } from './find-tool.ts';
import { runUv, type Uv } from './uv.ts';

export interface BuildOptions {
  readonly uv: Uv;
  /** The interpreter it is made of, and its version. */
  readonly python: string;
  readonly version: string;
  readonly cache: string;
  /** uv's name of the platform it is to work on, such as `x86_64-manylinux_2_28`; null: this machine. */
  readonly target: string | null;
  /** The notebook's: the settings of uv there say where packages come from. */
  readonly folder: string;
  /** Arguments of uv that do. */
  readonly settings: readonly string[];
  /** Called where it is not there yet. */
  readonly building: () => void;
}

/** Of what is in it: the same in every place. */
export function environmentId(lock: string, version: string, target: string | null = null): string {
  return createHash('sha256').update(JSON.stringify([lock, version, ...(target === null ? [] : [target])])).digest('hex').slice(0, 16);
}

/** The folder of the environment. */
export async function buildEnvironment(lock: string, options: BuildOptions): Promise<string> {
  const folder = path.join(options.cache, 'environments', environmentId(lock, options.version));
  // A link: false where the interpreter it was made of is gone.
  await makeOnce(folder, () => existsSync(interpreterIn(folder)), async (passing) => {
    options.building();
    await install(lock, passing, options);
  });
  return folder;
}

/** A folder that is whole or not there: others may make the same. */
export async function makeOnce(folder: string, isThere: () => boolean, make: (passing: string) => Promise<void>): Promise<void> {
  if (isThere()) return;
  const passing = `${folder}.${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  try {
    await make(passing);
    await rename(passing, folder).catch((error: unknown) => {
      if (!isThere()) throw error;
    });
  } finally {
    await rm(passing, { recursive: true, force: true });
  }
}

export async function install(lock: string, into: string, { uv, python, settings, target, folder: cwd }: BuildOptions): Promise<void> {
  await runUv(uv, ['venv', '--quiet', '--relocatable', '--python', python, into], { cwd });
  await writeFile(path.join(into, 'lock.txt'), lock);
  await runUv(uv, ['pip', 'sync', '--quiet', '--verify-hashes', '--python', interpreterIn(into), path.join(into, 'lock.txt'), ...forTarget(target), ...settings], { cwd });
}

/** What is built from source is built for this machine: elsewhere only wheels count. */
export const forTarget = (target: string | null): string[] => target === null ? [] : ['--python-platform', target, '--no-build'];

/** The variables of whoever has activated it. */
export function activate(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PYTHONHOME: undefined, CONDA_PREFIX: undefined, VIRTUAL_ENV: folder, PATH: [path.dirname(interpreterIn(folder)), env['PATH'] ?? ''].join(path.delimiter) };
}
