// Which blobs the runs of a store refer to.

import { FLOWS_PREFIX, runPrefix, type RunId } from '@headwater/protocol';
import type { Store } from '../store/store.ts';
import { asText } from '../store/runs.ts';

/** An address, wherever it stands: a format of a later version may refer to blobs in a place that this one does not know. */
const ADDRESS = /[0-9a-f]{64}/g;
/** Logs of outputs hold what cells print, and nothing that counts. */
const WITHOUT_REFERENCES = /\.log(?:\/|$)/;
/** Files read at once. */
const AT_ONCE = 32;

/** Of all runs but `without`. */
export async function findReferences(store: Store, without: readonly RunId[] = []): Promise<ReadonlySet<string>> {
  const left = without.map(({ flow, number }) => `${runPrefix(flow, number)}/`);
  const files = (await store.entries(FLOWS_PREFIX)).filter(({ key }) => !WITHOUT_REFERENCES.test(key) && !left.some((prefix) => key.startsWith(prefix)));
  const blobs = new Set<string>();
  await inTurns(files, async ({ key }) => {
    for (const address of asText(await store.get(key))?.match(ADDRESS) ?? []) blobs.add(address);
  });
  return blobs;
}

/** Does it for all, a few at once. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const item of rest) await work(item);
  }));
}
