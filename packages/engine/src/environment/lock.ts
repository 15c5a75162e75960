// From requirements to a lock: every package with its version and hashes. One that was made stays until the requirements change.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageOf } from '@headwater/protocol';
import { forTarget } from './build.ts';
import { runUv, type Uv } from './uv.ts';
import type { Wanted } from './want.ts';

export interface Lock {
  readonly text: string;
  /** Hash of what was asked for. */
  readonly asked: string;
}

export interface LockOptions {
  readonly uv: Uv;
  readonly python: string;
  readonly version: string;
  /** The platform it is for (build.ts); null: this one. */
  readonly target: string | null;
  readonly folder: string;
  /** Of this user. */
  readonly cache: string;
  /** Newer versions count, if there are any. */
  readonly upgrade: boolean;
  /** Locks of the run that this one goes on from. */
  readonly known: readonly Lock[];
}

/** A cell runs as it does in a kernel: with IPython. */
const KERNEL = 'ipython';

/** What a line takes from elsewhere on this disk is not the same tomorrow. */
const NAMES_FILES = /^(-[rce]\b|--(requirement|constraint|editable|find-links)\b|[./]|file:)|\s@\s*(file:|[./])/;

export async function makeLock(wanted: Extract<Wanted, { kind: 'packages' }>, options: LockOptions): Promise<Lock> {
  const lines = wanted.lines.some((line) => packageOf(line) === KERNEL) ? wanted.lines : [...wanted.lines, KERNEL];
  const asked = hash([lines, wanted.settings, options.version, ...(options.target === null ? [process.platform, process.arch] : [options.target]), indexesOf(options.uv.env)]);
  const known = options.known.find((lock) => lock.asked === asked);
  if (known !== undefined && !options.upgrade) return known;
  const file = path.join(options.cache, 'locks', `${asked}.txt`);
  const lasts = !lines.some((line) => NAMES_FILES.test(line));
  if (lasts && !options.upgrade && existsSync(file)) return { text: await readFile(file, 'utf8'), asked };
  const text = await resolve(lines, wanted.settings, options);
  if (lasts) await put(file, text);
  return { text, asked };
}

/** Where packages come from is left out of it: an address may hold credentials. */
async function resolve(lines: readonly string[], settings: string | null, { uv, python, target, folder, cache }: LockOptions): Promise<string> {
  const args = ['pip', 'compile', '-', '--python', python, '--generate-hashes', '--no-header', '--no-annotate', '--quiet', ...forTarget(target), ...(await settingsOf(settings, cache))];
  return runUv(uv, args, { cwd: folder, input: `${lines.join('\n')}\n` });
}

/** Arguments that hand uv the settings of script metadata. */
export async function settingsOf(settings: string | null, cache: string): Promise<string[]> {
  if (settings === null) return [];
  const file = path.join(cache, 'settings', `${hash([settings])}.toml`);
  await put(file, settings);
  return ['--config-file', file];
}

/** Whole or not at all: others may write the same. */
async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const passing = `${file}.${process.pid}`;
  await writeFile(passing, text);
  await rename(passing, file);
}

/** Where packages come from is part of the question. */
const indexesOf = (env: NodeJS.ProcessEnv) => Object.entries(env).filter(([name]) => name.startsWith('UV_')).sort();

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const PINNED = /^(?<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:==\s*(?<version>[^\s;\\]+)|@\s*(?<url>[^\s;\\]+))/gm;

/** Name → version, or the address it comes from. */
export function packagesOf(lock: string): Record<string, string> {
  return Object.fromEntries([...lock.matchAll(PINNED)].map(({ groups }) => [groups?.['name'] ?? '', groups?.['version'] ?? groups?.['url'] ?? '']));
}
