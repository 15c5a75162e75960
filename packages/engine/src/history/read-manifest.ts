// The manifest of an attempt, decoded.

import { decodeText, manifestKey, ManifestSchema, type Manifest, type RunId } from '@headwater/protocol';
import { asText } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

export async function readManifest(store: Store, run: RunId, attempt: string): Promise<Manifest | null> {
  const key = manifestKey(run.flow, run.number, attempt);
  const text = asText(await store.get(key));
  return text === null ? null : decodeText(ManifestSchema, text, key);
}
