// Reuse of an earlier run's attempts: the same code, reading the same values and files, need not run again.

import {
  blobKey, formatRunId, manifestKey, outputKey, PAGE_ELEMENTS, parseTask,
  type Executed, type Group, type Manifest, type PlannedStep, type RunId, type Slot, type Start, type Tombstone, type World,
} from '@headwater/protocol';
import { frameAt, framesTo, placeOfAttempt, stepAt } from '../run/frames.ts';
import type { Fan, RunState, StepState } from '../run/state.ts';
import type { Store } from '../store/store.ts';
import { Manifests, Earlier, type OldPlace } from './earlier.ts';
import { filesHold } from './files-hold.ts';
import { putBack } from './kept-files.ts';
import { renameAttempt } from './rename-attempt.ts';

export interface ReuseOptions {
  readonly store: Store;
  readonly old: RunId;
  readonly now: RunId;
  /** The old run, folded from its events. */
  readonly state: RunState;
  /** This run as it is now. */
  readonly current: () => RunState;
  /** Folders that recorded paths are relative to. */
  readonly folder: string;
  readonly project: string;
  /** Only what the same environment of the step made counts. */
  readonly strict: boolean;
  /** Steps that run again whatever they read. */
  readonly again: ReadonlySet<string>;
  /** Steps that are taken over as they are, whatever has changed since. */
  readonly blind?: ReadonlySet<string>;
  /** Waits for an attempt that may still be under way (execute/executor.ts). */
  readonly outlast: (attempt: string) => Promise<boolean>;
}

/** An old attempt that may stand for a new one. */
interface Candidate {
  readonly place: OldPlace;
  readonly manifest: Manifest;
  readonly before: World;
}

export class Reuse {
  readonly #options: ReuseOptions;
  readonly #manifests: Manifests;
  readonly #earlier: Earlier;
  readonly #places = new Map<string, Promise<ReadonlyMap<string, number>>>();

  constructor(options: ReuseOptions) {
    this.#options = options;
    this.#manifests = new Manifests(options.store);
    this.#earlier = new Earlier(options.old, options.state, this.#manifests);
  }

  /** The report of an old attempt as that of the attempt to be started, its manifest and log put in place; null when it must run. */
  async find(start: Start, code: string): Promise<Executed | null> {
    if (start.replays !== null || start.caught !== null || this.#options.again.has(start.step)) return null;
    const candidate = await this.#findCandidate(start, code);
    if (candidate === null || !(this.#isBlind(start) ? await this.#blobsAreThere(candidate.manifest) : await this.#holds(start, candidate))) return null;
    return this.#adopt(start, candidate.manifest);
  }

  /** The old run came as far as this task; else nothing is likely to stand for it. */
  isKnown(start: Start): boolean {
    const task = parseTask(start.task);
    const position = this.#options.state.positions.get(start.step) ?? -1;
    return task === null || this.#earlier.attemptsAt({ position, path: task.indices }).length > 0 || task.splits;
  }

  #isBlind({ step }: Start): boolean {
    return this.#options.blind?.has(step) === true;
  }

  async #findCandidate(start: Start, code: string): Promise<Candidate | null> {
    const position = this.#options.state.steps.findIndex(({ plan }) => plan.name === start.step && ((plan.code === code && this.#suits(plan)) || this.#isBlind(start)));
    const task = parseTask(start.task);
    if (position < 0 || task === null) return null;
    const path = await this.#translate(start, position);
    if (path === null) return null;
    const place = { position, path };
    const iteration = task.iteration ?? 0;
    const attempt = task.splits ? this.#earlier.fanAt(place)?.split : this.#earlier.attemptsAt(place)[iteration];
    // The manifest counts, not the event: an engine may have died between the two.
    const manifest = attempt === undefined ? null : await this.#await(attempt);
    if (manifest?.outcome !== 'done') return null;
    return { place, manifest, before: await this.#earlier.worldBefore(place, iteration) };
  }

  /** Made in the place and the environment that the step has today, where that matters. */
  #suits(before: PlannedStep): boolean {
    const { strict, current } = this.#options;
    const now = current().steps.find(({ plan }) => plan.name === before.name)?.plan;
    return !strict || (before.environment === (now?.environment ?? null) && before.where === now?.where);
  }

  /** The manifest of an old attempt; of one that outlived its engine, when it has written it. */
  async #await(attempt: string): Promise<Manifest | null> {
    const written = await this.#manifests.read(this.#options.old, attempt);
    return written === null && (await this.#options.outlast(attempt)) ? this.#manifests.read(this.#options.old, attempt) : written;
  }

  /** A branch is found again by its element: elements may have come and gone before it. */
  async #translate(start: Start, position: number): Promise<number[] | null> {
    const state = this.#options.current();
    const place = placeOfAttempt(state, start.id);
    const frame = frameAt(state, place);
    const found: number[] = [];
    for (const [depth, around] of (frame === null ? [] : framesTo(state, frame).slice(0, -1)).entries()) {
      const opener = stepAt(around, place.chain[depth] ?? -1);
      const oldFan = this.#earlier.fanAt({ position: this.#options.state.chains[position]?.[depth] ?? -1, path: found });
      const old = opener === undefined ? null : await this.#findBranch(start, opener, { oldFan, index: place.path[depth] ?? 0 });
      if (old === null) return null;
      found.push(old);
    }
    return found;
  }

  async #findBranch(start: Start, opener: StepState, { oldFan, index }: { oldFan: Fan | null; index: number }): Promise<number | null> {
    if (opener.fan === null || oldFan === null) return null;
    const { old, now } = this.#options;
    const digest = await this.#manifests.elementDigest(now, opener.fan.split, index);
    if (digest === null) return null;
    if (index < oldFan.elements.count && (await this.#manifests.elementDigest(old, oldFan.split, index)) === digest) return index;
    return isOfList(start, opener) ? null : (await this.#oldPlaces(oldFan)).get(digest) ?? null;
  }

  /** Digest of an element → its place in the old list. */
  #oldPlaces(fan: Fan): Promise<ReadonlyMap<string, number>> {
    const known = this.#places.get(fan.split) ?? this.#readPlaces(fan);
    this.#places.set(fan.split, known);
    return known;
  }

  async #readPlaces({ split, elements }: Fan): Promise<ReadonlyMap<string, number>> {
    const places = new Map<string, number>();
    for (let index = 0; index < elements.count; index += 1) {
      const digest = await this.#manifests.elementDigest(this.#options.old, split, index);
      if (digest !== null && !places.has(digest)) places.set(digest, index);
    }
    return places;
  }

  async #holds(start: Start, { place, manifest, before }: Candidate): Promise<boolean> {
    const { reads, readUnits } = manifest.delta;
    for (const name of Object.keys(reads)) {
      if (!name.startsWith('file:') && !(await this.#isSame(`n:${name}`, before, start.world))) return false;
    }
    for (const unit of Object.keys(readUnits)) {
      if (!(await this.#isSame(`u:${unit}`, before, start.world))) return false;
    }
    return (await this.#inputsHold(start, place)) && (await this.#blobsAreThere(manifest)) && filesHold(start, manifest, { ...this.#options, readNow: (version) => this.#manifests.read(this.#options.now, version) });
  }

  /** Every branch that a join collects is the old one, or has made the same. */
  async #inputsHold({ inputs }: Start, { position, path: inside }: OldPlace): Promise<boolean> {
    if (inputs === null) return true;
    const { state } = this.#options;
    const opener = [...state.regions.values()].find(({ end, joined }) => joined && end === position);
    const before = opener === undefined ? [] : this.#earlier.branchesOf({ position: opener.at, path: inside });
    if (before.length !== inputs.branches.length) return false;
    for (const [index, attempts] of inputs.branches.entries()) {
      const old = before[index] ?? [];
      if (old.length !== attempts.length) return false;
      for (const [at, attempt] of attempts.entries()) if (!(await this.#madeTheSame(old[at] ?? '', attempt))) return false;
    }
    return true;
  }

  async #madeTheSame(then: string, today: string): Promise<boolean> {
    const { old, now } = this.#options;
    const [a, b] = await Promise.all([this.#manifests.read(old, then), this.#manifests.read(now, today)]);
    if (a === null || b === null) return false;
    if (b.origin === (a.origin ?? `${formatRunId(old)}/${then}`)) return true;
    const digests = ({ artifacts }: Manifest) => JSON.stringify(Object.entries(artifacts).map(([name, { digest }]) => [name, digest]).sort());
    return digests(a) === digests(b) && Object.keys({ ...a.delta.tombstones, ...b.delta.tombstones }).length === 0;
  }

  async #blobsAreThere(manifest: Manifest): Promise<boolean> {
    const files = [manifest.kept.read, manifest.kept.written].flatMap((each) => Object.values(each).map(({ blob }) => blob));
    const blobs = files.concat(manifest.groups.flatMap(({ payload, buffers }) => ('blob' in payload ? [payload.blob, ...buffers] : buffers)));
    const found = await Promise.all([...new Set(blobs)].map((blob) => this.#options.store.touch(blobKey(blob))));
    return found.every(Boolean);
  }

  /** The same content, tied to the same names; or missing in both. */
  async #isSame(key: string, before: World, now: World): Promise<boolean> {
    const [was, is] = [slotOf(before, key), slotOf(now, key)];
    if (was === undefined || is === undefined) return was === is && this.#isSameTombstone(before.tombstones[key.slice(2)], now.tombstones[key.slice(2)]);
    const [oldGroup, newGroup] = await Promise.all([this.#manifests.group(this.#options.old, was), this.#manifests.group(this.#options.now, is)]);
    if (oldGroup === null || newGroup === null) return false;
    const shape = (group: Group) => JSON.stringify([group.names, group.units, group.ties]);
    return oldGroup.digests[key] === newGroup.digests[key] && shape(oldGroup) === shape(newGroup);
  }

  async #adopt(start: Start, manifest: Manifest): Promise<Executed> {
    const { store, old, now } = this.#options;
    const delta = renameAttempt(manifest.delta, manifest.attempt, start);
    const origin = manifest.origin ?? `${formatRunId(old)}/${manifest.attempt}`;
    const adopted: Manifest = { ...manifest, attempt: start.id, delta, origin };
    await putBack(store, this.#options.folder, manifest.kept.written);
    await this.#adoptPages(manifest, start.id);
    await Promise.all([
      store.create(manifestKey(now.flow, now.number, start.id), JSON.stringify(adopted)),
      store.copyLog(outputKey(old.flow, old.number, manifest.attempt), outputKey(now.flow, now.number, start.id)),
    ]);
    this.#manifests.keep(now, adopted);
    const { outcome, failure, files, warnings, effect, cost, values, elements, modules } = manifest;
    return { type: 'executed', id: start.id, outcome, wants: [], delta, failure, files, warnings, parked: false, effect, cost, origin, values, elements, caught: false, modules };
  }

  /** The elements of a list that was taken apart. */
  async #adoptPages({ attempt, elements }: Manifest, id: string): Promise<void> {
    const { store, old, now } = this.#options;
    for (let page = 0; page * PAGE_ELEMENTS < (elements?.count ?? 0); page += 1) {
      const found = await this.#manifests.read(old, `${attempt}+${page}`);
      if (found !== null) await store.create(manifestKey(now.flow, now.number, `${id}+${page}`), JSON.stringify({ ...found, attempt: `${id}+${page}` }));
    }
  }

  /** What cannot be stored cannot be compared: it is the same when the attempt that left it was itself reused. */
  async #isSameTombstone(was: Tombstone | undefined, is: Tombstone | undefined): Promise<boolean> {
    if (was === undefined || is === undefined) return was === is;
    const { old, now } = this.#options;
    const [then, today] = await Promise.all([this.#manifests.read(old, was.version), this.#manifests.read(now, is.version)]);
    return then !== null && today?.origin === (then.origin ?? `${formatRunId(old)}/${was.version}`);
  }
}

/** Taken out of the list itself, an item is what stands at its place. */
function isOfList({ elements }: Start, { plan }: StepState): boolean {
  return elements.some(({ via, item }) => via && item === plan.control.foreach?.item);
}

function slotOf(world: World, key: string): Slot | undefined {
  return key.startsWith('n:') ? world.names[key.slice(2)] : world.units[key.slice(2)];
}
