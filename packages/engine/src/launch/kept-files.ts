// Files whose content a run keeps: what `reads:` would find now, and what a reused step wrote put back where it is gone.

import { createHash } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { blobKey, matchesGlob, type Kept, type Manifest, type Start } from '@headwater/protocol';
import type { Store } from '../store/store.ts';
import { expandGlob } from './tagged-files.ts';

/** As values are hashed (kernel-bridge/python/headwater/store/hashing.py). */
const CHUNK_BYTES = 8 << 20;
const FILE = 'file:';

/** Path → address of the content that the step would see: that of the run where a step above wrote it, else what stands on the disk. */
export async function matchingFiles({ asks, world }: Start, folder: string, readManifest: (version: string) => Promise<Manifest | null>): Promise<Map<string, string>> {
  const found = new Map(asks.reads.flatMap((glob) => expandGlob(folder, glob)).map((name) => [name, '']));
  for (const [name, [version]] of Object.entries(world.names)) {
    const file = name.slice(FILE.length);
    if (!name.startsWith(FILE) || !asks.reads.some((glob) => matchesGlob(glob, file))) continue;
    const kept = (await readManifest(version))?.kept.written[file];
    if (kept !== undefined) found.set(file, kept.blob);
  }
  for (const [name, blob] of found) if (blob === '') found.set(name, addressOf(path.join(folder, name)));
  return found;
}

function addressOf(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return '';
  const all = createHash('sha256');
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let at = 0; ; at += CHUNK_BYTES) {
      const length = readSync(fd, chunk, 0, CHUNK_BYTES, at);
      if (at > 0 && length === 0) break;
      all.update(createHash('sha256').update(chunk.subarray(0, length)).digest());
      if (length < CHUNK_BYTES) break;
    }
  } finally {
    closeSync(fd);
  }
  return all.digest('hex');
}

/** What stands there already may be a later step's. */
export async function putBack(store: Store, folder: string, kept: Readonly<Record<string, Kept>>): Promise<void> {
  for (const [name, { blob, mode }] of Object.entries(kept)) {
    const file = path.join(folder, name);
    if (existsSync(file)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    const part = `${file}.part-${process.pid}`;
    const fd = openSync(part, 'w');
    for (let at = 0; ; at += CHUNK_BYTES) {
      const chunk = await store.getPart(blobKey(blob), at, CHUNK_BYTES);
      if (chunk !== null && chunk.length > 0) writeSync(fd, chunk);
      if ((chunk?.length ?? 0) < CHUNK_BYTES) break;
    }
    closeSync(fd);
    chmodSync(part, mode);
    renameSync(part, file);
  }
}
