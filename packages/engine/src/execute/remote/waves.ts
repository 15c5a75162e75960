// Waves: attempts that were issued together and are alike, submitted as one. Which attempts they hold stands in the store, for the processes and for who takes over.

import * as v from 'valibot';
import { decodeText, waveKey, wavesPrefix, type RemoteStart } from '@headwater/protocol';
import type { Store } from '../../store/store.ts';
import type { RemoteProcess, RemoteWave } from './backend.ts';

/** Most processes that AWS takes as one array job; an API server is no happier with more. */
const MOST = 10_000;

export interface Issued {
  readonly step: string;
  readonly process: RemoteProcess;
}

/** At least one. */
export type Alike<T> = [T, ...T[]];

/** Groups of what may be submitted as one: the same step, asking for the same. Pure. */
export function groupAlike<T extends Issued>(issued: readonly T[]): Alike<T>[] {
  const groups = new Map<string, Alike<T>[]>();
  for (const each of issued) {
    const key = JSON.stringify([each.step, each.process.asks]);
    const parts = groups.get(key) ?? [];
    groups.set(key, parts);
    const last = parts.at(-1);
    if (last === undefined || last.length === MOST) parts.push([each]);
    else last.push(each);
  }
  return [...groups.values()].flat();
}

/** One wave of them, with its place noted in each. Pure. */
export function makeWave(alike: Alike<Issued>): RemoteWave {
  const [{ process: { flow, run, hashSeed, asks, start: { packages, store, prefix, aloneSeconds, process } } }] = alike;
  const key = waveKey(prefix, process);
  return { flow, run, hashSeed, asks, start: { packages, store, prefix, aloneSeconds, wave: key }, processes: alike.map((each, index) => ({ ...each.process, wave: { key, index } })) };
}

const ListSchema = v.array(v.string());

/** Writes down which attempts a wave holds: its processes read it, each its own line. */
export async function writeWave(store: Store, { start, processes }: RemoteWave): Promise<void> {
  await store.create(start.wave, JSON.stringify(processes.map((each) => each.start.process)));
}

/** By attempt: its place in the waves of a run. */
export async function readWaves(store: Store, prefix: RemoteStart['prefix']): Promise<Map<string, RemoteProcess['wave']>> {
  const found = new Map<string, RemoteProcess['wave']>();
  for (const key of await store.list(wavesPrefix(prefix))) {
    const bytes = await store.get(key);
    const attempts = bytes === null ? [] : decodeText(ListSchema, new TextDecoder().decode(bytes), key);
    for (const [index, attempt] of attempts.entries()) found.set(attempt, { key, index });
  }
  return found;
}
