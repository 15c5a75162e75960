// The address of a stored blob computed again from its bytes: sha256 over the sha256 of 8 MiB chunks, as store/hashing.py has it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { blobKey } from '@headwater/protocol';

const CHUNK_BYTES = 8 * 2 ** 20;

export function digestBlob(store: string, digest: string): string {
  const bytes = readFileSync(path.join(store, blobKey(digest)));
  const whole = createHash('sha256');
  for (let at = 0; at < Math.max(bytes.length, 1); at += CHUNK_BYTES) {
    whole.update(createHash('sha256').update(bytes.subarray(at, at + CHUNK_BYTES)).digest());
  }
  return whole.digest('hex');
}
