// Reuse of an earlier run's attempts: the same code, reading the same values and files, need not run again.

import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  blobKey, formatRunId, manifestKey, outputKey,
  type Executed, type Group, type Manifest, type RunId, type Slot, type Start, type Tombstone, type World,
} from '@headwater/protocol';
import { EMPTY_WORLD, type RunState } from '../run/state.ts';
import { viewFor } from '../run/world.ts';
import { readManifest } from '../history/read-manifest.ts';
import type { Store } from '../store/store.ts';
import { renameAttempt } from './rename-attempt.ts';
import { hashFile, isUnchanged } from './stamp.ts';

export interface Earlier {
  readonly store: Store;
  readonly old: RunId;
  readonly now: RunId;
  /** The old run, folded from its events. */
  readonly state: RunState;
  /** Folders that recorded paths are relative to. */
  readonly folder: string;
  readonly project: string;
  /** Steps that run again whatever they read. */
  readonly again: ReadonlySet<string>;
  /** Waits for an attempt that may still be under way (execute/executor.ts). */
  readonly outlast: (attempt: string) => Promise<boolean>;
}

export class Reuse {
  readonly #earlier: Earlier;
  readonly #manifests = new Map<string, Promise<Manifest | null>>();

  constructor(earlier: Earlier) {
    this.#earlier = earlier;
  }

  /** The report of an old attempt as that of the attempt to be started, its manifest and log put in place; null when it must run. */
  async find(start: Start, code: string): Promise<Executed | null> {
    if (start.replays !== null || this.#earlier.again.has(start.step)) return null;
    const step = this.#earlier.state.steps.find(({ plan }) => plan.name === start.step && plan.code === code);
    // The manifest counts, not the event: an engine may have died between the two.
    const manifest = step?.current == null ? null : await this.#await(step.current.id);
    if (manifest?.outcome !== 'done' || !(await this.#holds(start, manifest))) return null;
    return this.#adopt(start, manifest);
  }

  /** The manifest of an old attempt; of one that outlived its engine, when it has written it. */
  async #await(attempt: string): Promise<Manifest | null> {
    const { old, outlast } = this.#earlier;
    const written = await this.#read(old, attempt);
    if (written !== null || !(await outlast(attempt))) return written;
    this.#manifests.delete(manifestKey(old.flow, old.number, attempt));
    return this.#read(old, attempt);
  }

  async #holds(start: Start, manifest: Manifest): Promise<boolean> {
    const { state } = this.#earlier;
    const position = state.steps.findIndex((step) => step.plan.name === start.step);
    const before = viewFor({ ...state, settled: 0, world: EMPTY_WORLD }, position);
    const { reads, readUnits } = manifest.delta;
    for (const name of Object.keys(reads)) {
      if (!name.startsWith('file:') && !(await this.#isSame(`n:${name}`, before, start.world))) return false;
    }
    for (const unit of Object.keys(readUnits)) {
      if (!(await this.#isSame(`u:${unit}`, before, start.world))) return false;
    }
    return (await this.#blobsAreThere(manifest)) && this.#filesHold(manifest);
  }

  async #blobsAreThere(manifest: Manifest): Promise<boolean> {
    const blobs = manifest.groups.flatMap(({ payload, buffers }) => ('blob' in payload ? [payload.blob, ...buffers] : buffers));
    const found = await Promise.all([...new Set(blobs)].map((blob) => this.#earlier.store.has(blobKey(blob))));
    return found.every(Boolean);
  }

  /** The same content, tied to the same names; or missing in both. */
  async #isSame(key: string, before: World, now: World): Promise<boolean> {
    const [was, is] = [slotOf(before, key), slotOf(now, key)];
    if (was === undefined || is === undefined) return was === is && this.#isSameTombstone(before.tombstones[key.slice(2)], now.tombstones[key.slice(2)]);
    const [oldGroup, newGroup] = await Promise.all([this.#group(this.#earlier.old, was), this.#group(this.#earlier.now, is)]);
    if (oldGroup === null || newGroup === null) return false;
    const shape = (group: Group) => JSON.stringify([group.names, group.units, group.ties]);
    return oldGroup.digests[key] === newGroup.digests[key] && shape(oldGroup) === shape(newGroup);
  }

  async #filesHold(manifest: Manifest): Promise<boolean> {
    const { folder, project } = this.#earlier;
    for (const [file, stamp] of Object.entries(manifest.files.read)) {
      if (!file.endsWith('/') && !(await isUnchanged(folder, file, stamp))) return false;
    }
    // Of what it wrote, later steps may have made something else; it must only still be there.
    for (const [file, stamp] of Object.entries(manifest.files.written)) {
      if (stamp !== '' && !existsSync(path.resolve(folder, file))) return false;
    }
    for (const [module, digest] of Object.entries(manifest.modules)) {
      if ((await hashFile(`${project}/${module}`).catch(() => null)) !== digest) return false;
    }
    return true;
  }

  async #adopt(start: Start, manifest: Manifest): Promise<Executed> {
    const { store, old, now } = this.#earlier;
    const delta = renameAttempt(manifest.delta, manifest.attempt, start);
    const origin = manifest.origin ?? `${formatRunId(old)}/${manifest.attempt}`;
    const adopted: Manifest = { ...manifest, attempt: start.id, delta, origin };
    await store.create(manifestKey(now.flow, now.number, start.id), JSON.stringify(adopted));
    await store.copyLog(outputKey(old.flow, old.number, manifest.attempt), outputKey(now.flow, now.number, start.id));
    const { outcome, failure, files, warnings, effect, cost } = manifest;
    return { type: 'executed', id: start.id, outcome, wants: [], delta, failure, files, warnings, parked: false, effect, cost, origin };
  }

  /** What cannot be stored cannot be compared: it is the same when the attempt that left it was itself reused. */
  async #isSameTombstone(was: Tombstone | undefined, is: Tombstone | undefined): Promise<boolean> {
    if (was === undefined || is === undefined) return was === is;
    const { old, now } = this.#earlier;
    const [then, today] = await Promise.all([this.#read(old, was.version), this.#read(now, is.version)]);
    return then !== null && today?.origin === (then.origin ?? `${formatRunId(old)}/${was.version}`);
  }

  async #group(run: RunId, [, group]: Slot): Promise<Group | null> {
    const slash = group.lastIndexOf('/');
    const manifest = await this.#read(run, group.slice(0, slash));
    return manifest?.groups[Number(group.slice(slash + 1))] ?? null;
  }

  #read(run: RunId, attempt: string): Promise<Manifest | null> {
    const key = manifestKey(run.flow, run.number, attempt);
    const known = this.#manifests.get(key) ?? readManifest(this.#earlier.store, run, attempt);
    this.#manifests.set(key, known);
    return known;
  }

}

function slotOf(world: World, key: string): Slot | undefined {
  return key.startsWith('n:') ? world.names[key.slice(2)] : world.units[key.slice(2)];
}

