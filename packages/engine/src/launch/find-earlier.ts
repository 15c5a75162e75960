// The runs that a run goes on from, directly and through others.

import { parseRunId, runPrefix, type RunRecord } from '@headwater/protocol';
import { readRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/** Further back nobody looks. */
const MOST = 10;

/** Their key prefixes, the nearest first. */
export async function findEarlier(store: Store, record: RunRecord): Promise<string[]> {
  const found: string[] = [];
  let next = record.resumes === null ? null : parseRunId(record.resumes);
  while (next !== null && found.length < MOST) {
    found.push(runPrefix(next.flow, next.number));
    const before: RunRecord | null = await readRecord(store, next.flow, next.number);
    next = before?.resumes == null ? null : parseRunId(before.resumes);
  }
  return found;
}
