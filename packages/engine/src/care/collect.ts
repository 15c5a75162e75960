// `headwater gc`: what no run refers to goes away, and runs that the retention settings let go. Never what is referred to, beside running runs too.

import { BLOBS_PREFIX, CODE_PREFIX, formatRunId } from '@headwater/protocol';
import { asLost } from '../history/as-lost.ts';
import { listAllSummaries } from '../store/runs.ts';
import type { Entry, Store } from '../store/store.ts';
import { deleteRun } from './delete-run.ts';
import { findReferences, inTurns } from './references.ts';
import { chooseRuns, type Retention } from './retention.ts';

/** A pod may fetch its code for a day. */
const CODE_MS = 24 * 3_600_000;

export interface Collected {
  /** Runs that went, or would go. */
  readonly runs: readonly string[];
  readonly blobs: number;
  readonly bytes: number;
  /** Of blobs that stay. */
  readonly kept: number;
  /** Blobs without a reference that a run under way may still be about to refer to. */
  readonly spared: number;
}

export interface CollectOptions {
  readonly retention: Retention;
  readonly dryRun: boolean;
  readonly now: number;
}

/**
 * A run refers to a blob only after it has written or touched it. So what nobody refers to, and nobody has touched since the oldest run
 * under way began, is garbage. References are read after that time is taken: a run that ended in between is seen.
 */
export async function collect(store: Store, { retention, dryRun, now }: CollectOptions): Promise<Collected> {
  const summaries = (await listAllSummaries(store, Infinity)).map(asLost);
  const going = chooseRuns(summaries, retention, now);
  const before = Math.min(now, ...summaries.filter(({ status }) => status === 'running').map(({ started }) => started));
  if (!dryRun) for (const run of going) await deleteRun(store, run);
  const references = await findReferences(store, dryRun ? going : []);
  const free = (await store.entries(BLOBS_PREFIX)).filter(({ key }) => !references.has(nameOf(key)));
  const codes = (await store.entries(CODE_PREFIX)).filter(({ modified }) => modified < before - CODE_MS);
  const gone = await sweep(store, [...free, ...codes], { before, dryRun });
  const kept = (await store.entries(BLOBS_PREFIX)).reduce((sum, { size }) => sum + size, 0);
  return { runs: going.map(formatRunId), blobs: gone.length, bytes: sum(gone), kept: dryRun ? kept - sum(gone) : kept, spared: free.length + codes.length - gone.length };
}

const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
const sum = (entries: readonly Entry[]) => entries.reduce((total, { size }) => total + size, 0);

async function sweep(store: Store, entries: readonly Entry[], { before, dryRun }: { before: number; dryRun: boolean }): Promise<Entry[]> {
  const gone: Entry[] = [];
  await inTurns(entries.filter(({ modified }) => modified < before), async (entry) => {
    if (dryRun || (await store.sweep(entry.key, before))) gone.push(entry);
  });
  return gone;
}
