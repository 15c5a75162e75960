// Which store a person means, and whether it may be used.

import { existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FORMAT_KEY, STORE_FORMAT, UserError } from '@headwater/protocol';
import { DiskStore } from './disk/disk-store.ts';
import { asText } from './runs.ts';
import { isS3Url, parseS3Url } from './s3/s3-url.ts';
import type { Store } from './store.ts';

const STORE_FOLDER = '.headwater';

export interface StoreChoice {
  /** `--store`, else `HEADWATER_STORE`. */
  readonly named: string | null;
  /** The notebook's folder, or the working directory. */
  readonly from: string;
}

/**
 * The named store, else the nearest `.headwater` upwards that this user owns, no higher than the repository's root or the home folder,
 * else where a new one would be: at the repository's root or beside the notebook.
 */
export function locateStore(choice: StoreChoice): string {
  if (choice.named !== null) return isRemote(choice.named) ? choice.named : path.resolve(choice.named);
  const root = findRepository(choice.from);
  const top = root ?? os.homedir();
  for (let folder = choice.from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, STORE_FOLDER);
    if (isOwnFolder(candidate)) return candidate;
    if (folder === top || folder === path.dirname(folder)) break;
  }
  return path.join(root ?? choice.from, STORE_FOLDER);
}

/** A URL, not a folder of this machine. */
export const isRemote = (place: string) => place.includes('://');

/** The store of a place, opened or not. The SDK behind S3 is loaded only for those who use it: it takes longer than a local run. */
async function connect(place: string): Promise<Store> {
  if (!isRemote(place)) return new DiskStore(place);
  if (!isS3Url(place)) throw new UserError('bad-store', `\`${place}\` is no place a store can be.`, 'A store is a folder, or s3://bucket/prefix.');
  const s3 = parseS3Url(place);
  return new (await import('./s3/s3-store.ts')).S3Store(s3);
}

export function findRepository(from: string): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

function isOwnFolder(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid());
}

/** Opens a store for reading. Throws UserError when there is none, it cannot be read or is of a newer format. */
export async function openStore(url: string): Promise<Store> {
  const store = await connect(url);
  const format = asText(await store.get(FORMAT_KEY).catch((error: unknown) => refuse(url, error)));
  if (format === null) throw new UserError('no-store', `There is no store at ${url}.`, 'A first `headwater run` makes one; `--store` names another.');
  checkFormat(url, format);
  return store;
}

/** Opens a store for a run, making it where there is none. One that was only found must be this user's own. */
export async function openStoreForRun(url: string, named: boolean): Promise<Store> {
  const store = await connect(url);
  if (!named && existsSync(url) && !isOwnFolder(url)) {
    throw new UserError('store-foreign', `The store ${url} belongs to another user.`, 'Name it with `--store` to use it all the same, or name another.');
  }
  const text = asText(await store.get(FORMAT_KEY).catch((error: unknown) => refuse(url, error)));
  if (text !== null) {
    checkFormat(url, text);
    return store;
  }
  try {
    await store.initialise();
    await store.create(FORMAT_KEY, `${JSON.stringify({ format: STORE_FORMAT })}\n`);
  } catch (error) {
    refuse(url, error);
  }
  return store;
}

function checkFormat(url: string, text: string): void {
  const match = /"format":\s*(\d+)/.exec(text);
  if (match === null) throw new UserError('store-unreadable', `${url}/${FORMAT_KEY} is not a format file of Headwater.`, 'Is this folder a store? `--store` names another.');
  const format = Number(match[1]);
  if (format > STORE_FORMAT) {
    throw new UserError('store-newer', `The store ${url} has format ${format}; this Headwater knows formats up to ${STORE_FORMAT}.`, 'Nothing was changed. Update Headwater.');
  }
}

/** A system error about the store as a sentence for the person. */
export function refuse(url: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, readonly [string, string]>> = {
    EACCES: ['may not be used by this user', 'Check who owns it, or name another with `--store`.'],
    EPERM: ['may not be used by this user', 'Check who owns it, or name another with `--store`.'],
    EROFS: ['is on a read-only file system', 'Name a store elsewhere with `--store`.'],
    ENOSPC: ['is on a full disk', 'Free some space, then `headwater resume` the run.'],
    ENOTDIR: ['is not a folder', 'Name another with `--store`.'],
    EEXIST: ['is not a folder', 'Name another with `--store`.'],
  };
  const found = known[code];
  if (found === undefined) throw error;
  throw new UserError(`store-${code.toLowerCase()}`, `The store ${url} ${found[0]}.`, found[1]);
}
