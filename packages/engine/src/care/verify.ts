// `headwater verify`: every blob is what its address says, every run can be read, and nothing it refers to is missing.

import { createHash } from 'node:crypto';
import {
  BLOBS_PREFIX, decodeText, eventsKey, EventSchema, formatRunId, ManifestSchema, runPrefix, upgradeEvent, type Event, type Manifest, type RunId,
} from '@headwater/protocol';
import { listRuns, asText, readRecord } from '../store/runs.ts';
import { readLines } from '../store/follow.ts';
import type { Store } from '../store/store.ts';
import { inTurns } from './references.ts';

/** As values are hashed when they are written (kernel-bridge/python/headwater/store/hashing.py): a digest over those of fixed chunks. */
const CHUNK_BYTES = 8 << 20;

interface Damage {
  /** The blob, run or attempt. */
  readonly what: string;
  readonly sentence: string;
}

export interface Verified {
  readonly runs: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly damages: readonly Damage[];
}

export async function verify(store: Store): Promise<Verified> {
  const damages: Damage[] = [];
  const entries = (await store.entries(BLOBS_PREFIX)).map(({ key, size }) => ({ key, size, name: key.slice(key.lastIndexOf('/') + 1) }));
  await inTurns(entries, async ({ key, name }) => {
    if ((await addressOf(store, key)) !== name) damages.push({ what: name, sentence: `Blob ${name} is damaged: its bytes are not those that were stored.` });
  });
  const there = new Set(entries.map(({ name }) => name));
  const runs = await listRuns(store);
  for (const run of runs) damages.push(...await checkRun(store, run, there));
  return { runs: runs.length, blobs: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0), damages };
}

async function addressOf(store: Store, key: string): Promise<string> {
  const all = createHash('sha256');
  for (let at = 0; ; at += CHUNK_BYTES) {
    const chunk = await store.getPart(key, at, CHUNK_BYTES);
    if (at > 0 && (chunk === null || chunk.length === 0)) break;
    all.update(createHash('sha256').update(chunk ?? '').digest());
    if ((chunk?.length ?? 0) < CHUNK_BYTES) break;
  }
  return all.digest('hex');
}

async function checkRun(store: Store, run: RunId, there: ReadonlySet<string>): Promise<Damage[]> {
  const id = formatRunId(run);
  const damages: Damage[] = [];
  const check = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => damages.push({ what, sentence: error instanceof Error ? error.message : String(error) }));
  };
  await check(id, async () => {
    const record = await readRecord(store, run.flow, run.number);
    if (record !== null && !there.has(record.snapshot)) throw new Error(`The notebook of ${id} is missing from the store.`);
    const lock = record?.environments.find((each) => !there.has(each.lock));
    if (lock !== undefined) throw new Error(`The lock of an environment of ${id} (${lock.why}) is missing from the store.`);
  });
  await check(id, () => checkLog(store, run));
  const manifests = (await store.list(`${runPrefix(run.flow, run.number)}/tasks/`)).filter((key) => key.endsWith('.json'));
  await inTurns(manifests, (key) => check(id, () => checkManifest(store, { key, id, there })));
  return damages;
}

async function checkLog(store: Store, run: RunId): Promise<void> {
  for (const [at, line] of (await readLines(store, eventsKey(run.flow, run.number))).entries()) {
    let event: Event;
    try {
      event = upgradeEvent(JSON.parse(line) as Event);
    } catch {
      throw new Error(`Line ${at + 1} of the log of ${formatRunId(run)} is damaged.`);
    }
    decodeText(EventSchema, JSON.stringify(event), `line ${at + 1} of the log of ${formatRunId(run)}`);
  }
}

async function checkManifest(store: Store, { key, id, there }: { key: string; id: string; there: ReadonlySet<string> }): Promise<void> {
  const text = asText(await store.get(key));
  if (text === null) return;
  const { attempt, groups, kept }: Manifest = decodeText(ManifestSchema, text, `a manifest of ${id}`);
  const files = [kept.read, kept.written].flatMap((each) => Object.values(each).map(({ blob }) => blob));
  const blobs = files.concat(groups.flatMap(({ payload, buffers }) => ('blob' in payload ? [payload.blob, ...buffers] : buffers)));
  const missing = blobs.find((blob) => !there.has(blob));
  if (missing !== undefined) throw new Error(`Blob ${missing}, which ${id}/${attempt} refers to, is missing.`);
}
