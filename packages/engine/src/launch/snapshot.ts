// Small texts as blobs: the notebook as it ran.

import { createHash } from 'node:crypto';
import { blobKey } from '@headwater/protocol';
import type { Store } from '../store/store.ts';

/** Same address as the Python side gives (store/hashing.py): a sha256 over the digests of 8 MiB chunks. */
const CHUNK_BYTES = 8 << 20;

export async function putBlob(store: Store, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const address = createHash('sha256');
  for (let at = 0; at < Math.max(bytes.length, 1); at += CHUNK_BYTES) address.update(createHash('sha256').update(bytes.subarray(at, at + CHUNK_BYTES)).digest());
  const digest = address.digest('hex');
  await store.create(blobKey(digest), bytes);
  return digest;
}
