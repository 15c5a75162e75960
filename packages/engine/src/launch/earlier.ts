// An earlier run as reuse sees it: which attempt made what a task would make again, and the world that attempt began with.

import { elementGroup, formatTask, manifestKey, type Delta, type Group, type Manifest, type RunId, type Slot, type World } from '@headwater/protocol';
import { readManifest } from '../history/read-manifest.ts';
import { stoppedAttempt } from '../history/tasks.ts';
import { isFrame } from '../run/frames.ts';
import { EMPTY_WORLD, type EndedBranch, type EndedTask, type Fan, type Frame, type RunState, type StepState } from '../run/state.ts';
import { applyDelta } from '../run/world.ts';
import type { Store } from '../store/store.ts';

type Holder = Pick<Frame, 'first' | 'steps'> | (Pick<EndedBranch, 'steps' | 'commits'> & { readonly first: number });

export class Manifests {
  readonly #store: Store;
  readonly #known = new Map<string, Promise<Manifest | null>>();

  constructor(store: Store) {
    this.#store = store;
  }

  read(run: RunId, attempt: string): Promise<Manifest | null> {
    const key = manifestKey(run.flow, run.number, attempt);
    const known = this.#known.get(key) ?? readManifest(this.#store, run, attempt);
    // What is not there yet may come.
    this.#known.set(key, known.then((manifest) => {
      if (manifest === null) this.#known.delete(key);
      return manifest;
    }));
    return known;
  }

  /** One that was just written: what follows compares with it. */
  keep(run: RunId, manifest: Manifest): void {
    this.#known.set(manifestKey(run.flow, run.number, manifest.attempt), Promise.resolve(manifest));
  }

  async group(run: RunId, [, group]: Slot): Promise<Group | null> {
    const slash = group.lastIndexOf('/');
    const manifest = await this.read(run, group.slice(0, slash));
    return manifest?.groups[Number(group.slice(slash + 1))] ?? null;
  }

  /** Of the element a foreach bound to its item, or null. */
  async elementDigest(run: RunId, split: string, index: number): Promise<string | null> {
    const group = await this.group(run, [split, elementGroup(split, index)]);
    return group === null ? null : Object.values(group.digests)[0] ?? null;
  }
}

/** A task's place: positions of the foreach steps around it in that run, and its index in each. */
export interface OldPlace {
  readonly position: number;
  readonly path: readonly number[];
}

export class Earlier {
  readonly run: RunId;
  readonly state: RunState;
  readonly #manifests: Manifests;

  constructor(run: RunId, state: RunState, manifests: Manifests) {
    this.run = run;
    this.state = state;
    this.#manifests = manifests;
  }

  /** The branches that a foreach had at this place. */
  fanAt({ position, path }: OldPlace): Fan | null {
    const holder = this.#holderOf({ position, path });
    return holder?.steps[position - holder.first]?.fan ?? null;
  }

  /** Attempts of the step at a place in order, iterations before the last; guesses that never committed included, and one that its engine gave up: elsewhere it may have gone on. */
  attemptsAt(place: OldPlace): string[] {
    const holder = this.#holderOf(place);
    const step = holder?.steps[place.position - holder.first];
    return holder === null || step === undefined ? [] : attemptsOf(holder, step, place.path);
  }

  /** What the task could see: all that was made before it, in its branch and around it. */
  async worldBefore({ position, path }: OldPlace, iteration: number): Promise<World> {
    const chain = (this.state.chains[position] ?? []).slice(0, path.length);
    let world = EMPTY_WORLD;
    for (let at = 0; at <= position; at += 1) {
      const depth = chain.indexOf(at);
      if (depth >= 0) world = this.#withItem(world, at, path.slice(0, depth + 1));
      const around = this.state.chains[at] ?? [];
      if (!around.every((opener, level) => chain[level] === opener)) continue;
      const attempts = this.attemptsAt({ position: at, path: path.slice(0, around.length) });
      for (const attempt of at < position ? attempts : attempts.slice(0, iteration)) world = await this.#apply(world, attempt);
    }
    return world;
  }

  /** The committed attempts of each branch of a foreach, as its join saw them. */
  branchesOf(place: OldPlace): string[][] {
    return [...(this.fanAt(place)?.branches ?? [])].map((branch) => (isFrame(branch) ? [] : [...branch.commits]));
  }

  #withItem(world: World, opener: number, path: readonly number[]): World {
    const fan = this.fanAt({ position: opener, path: path.slice(0, -1) });
    const item = this.state.steps[opener]?.plan.control.foreach?.item ?? '';
    if (fan === null) return world;
    const tombstones = { ...world.tombstones };
    Reflect.deleteProperty(tombstones, item);
    return { ...world, names: { ...world.names, [item]: [fan.split, elementGroup(fan.split, path.at(-1) ?? 0)] }, tombstones };
  }

  async #apply(world: World, attempt: string): Promise<World> {
    const delta = await this.#deltaOf(attempt);
    return delta === null ? world : applyDelta(world, delta);
  }

  async #deltaOf(attempt: string): Promise<Delta | null> {
    const manifest = await this.#manifests.read(this.run, attempt);
    return manifest?.outcome === 'done' ? manifest.delta : null;
  }

  #holderOf({ position, path }: OldPlace): Holder | null {
    const chain = this.state.chains[position] ?? [];
    let holder: Holder = this.state;
    for (const [depth, index] of path.entries()) {
      const opener = chain[depth] ?? -1;
      const branch: Frame | EndedBranch | undefined = holder.steps[opener - holder.first]?.fan?.branches.get(index);
      if (branch === undefined) return null;
      holder = isFrame(branch) ? branch : { ...branch, first: opener };
    }
    return holder;
  }
}

function attemptsOf(holder: Holder, step: StepState | EndedTask, indices: readonly number[]): string[] {
  const task = formatTask({ step: step.plan.name, indices: [...indices], splits: false, iteration: step.plan.control.until === null ? null : step.iteration });
  const last = ('id' in step ? step.id : step.current?.id ?? null) ?? stoppedAttempt(step, task);
  const past = 'past' in step ? step.past.map(({ id }) => id) : pastOf(holder, step);
  return [...past, ...(last === null ? [] : [last])];
}

function pastOf(holder: Holder, { plan, id, iteration }: EndedTask): string[] {
  if (iteration === 0 || !('commits' in holder)) return [];
  return holder.commits.filter((each) => each !== id && /^[^[@]*/.exec(each)?.[0] === plan.name);
}
