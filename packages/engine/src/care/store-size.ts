// The size of a store on disk: measured at most once a day, at the end of a run when nobody waits, and told at the start of later ones.

import { readSize, SIZE_KEY } from '@headwater/protocol';
import * as v from 'valibot';
import { asText } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Retention } from './retention.ts';

const DAY_MS = 24 * 3_600_000;
const MeasuredSchema = v.object({ bytes: v.number(), at: v.number() });

export interface Growth {
  readonly bytes: number;
  readonly warnAt: number;
}

/** Looks through the whole store, unless somebody did so today. */
export async function measureStore(store: Store, now: number): Promise<void> {
  const last = await readMeasured(store);
  if (last !== null && now - last.at < DAY_MS) return;
  const bytes = (await store.entries('')).reduce((sum, { size }) => sum + size, 0);
  await store.put(SIZE_KEY, JSON.stringify({ bytes, at: now }));
}

/** The store as it was measured last, if it has grown past what the settings say; else null. */
export async function findGrowth(store: Store, retention: Retention): Promise<Growth | null> {
  const last = await readMeasured(store);
  const warnAt = readSize(retention.warnAt) ?? Infinity;
  return last !== null && last.bytes > warnAt ? { bytes: last.bytes, warnAt } : null;
}

/** A file that says nothing is as good as none. */
async function readMeasured(store: Store): Promise<v.InferOutput<typeof MeasuredSchema> | null> {
  try {
    const result = v.safeParse(MeasuredSchema, JSON.parse(asText(await store.get(SIZE_KEY)) ?? 'null'));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
