// The namespace as references: what a step can see, and what a commit makes of it.

import type { Delta, Slot, Version, World } from '@headwater/protocol';
import type { Frame } from './state.ts';

/** The world after an attempt's changes. */
export function applyDelta(world: World, delta: Delta): World {
  const names = { ...world.names, ...delta.binds };
  const tombstones = { ...world.tombstones };
  for (const name of [...Object.keys(delta.binds), ...delta.unbinds]) Reflect.deleteProperty(tombstones, name);
  for (const name of [...delta.unbinds, ...Object.keys(delta.tombstones)]) Reflect.deleteProperty(names, name);
  Object.assign(tombstones, delta.tombstones);
  return {
    names,
    units: { ...world.units, ...delta.units },
    tombstones,
    imports: union(world.imports, delta.imports),
  };
}

/** Names whose values have finalizers, after an attempt's changes. */
export function applyFinals(finals: ReadonlySet<string>, delta: Delta): ReadonlySet<string> {
  if (finals.size === 0 && delta.finals.length === 0) return finals;
  const left = [...finals].filter((name) => !(name in delta.binds) && !delta.unbinds.includes(name));
  return new Set([...left, ...delta.finals]);
}

/** Names bound or deleted without having been loaded, whose values have finalizers: these never ran. */
export function skippedFinals(finals: ReadonlySet<string>, delta: Delta): string[] {
  return [...finals].filter((name) => (name in delta.binds || delta.unbinds.includes(name)) && !(`n:${name}` in delta.based));
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return b.every((each) => a.includes(each)) ? [...a] : [...new Set([...a, ...b])];
}

/** What the step at `position` sees now: what is committed, and what executed steps above it will commit if all goes well. */
export function viewFor(frame: Frame, position: number): World {
  let world = frame.world;
  // What ran ahead of a step that failed never counts.
  if (frame.steps[position - frame.first]?.plan.closes != null) return world;
  for (const step of frame.steps.slice(frame.settled - frame.first, position - frame.first)) {
    const report = step.current?.report;
    if (report?.outcome === 'done') world = applyDelta(world, report.delta);
  }
  return world;
}

/** Names and units that an attempt's reads have in another version than the world: what makes it stale. */
export function staleReads(world: World, reads: Readonly<Record<string, Version | null>>, readUnits: Readonly<Record<string, Version>>): string[] {
  const names = Object.entries(reads).filter(([name, version]) => currentVersion(world, name) !== version);
  const units = Object.entries(readUnits).filter(([unit, version]) => world.units[unit]?.[0] !== version);
  return [...names, ...units].map(([key]) => key);
}

export function currentVersion(world: World, key: string): Version | null {
  return world.names[key]?.[0] ?? world.tombstones[key]?.version ?? null;
}

/** Keys written again by an attempt whose group has changed since it loaded them: an alias made meanwhile would be lost. */
export function movedGroups(world: World, based: Readonly<Record<string, string>>): string[] {
  return Object.entries(based).filter(([key, group]) => slotOf(world, key)?.[1] !== group).map(([key]) => key.slice(2));
}

/**
 * Keys that were stored with one of those read and no longer are, or are stored elsewhere: whoever writes its group again after that is
 * discarded. For an attempt about to have an effect outside this must be known before.
 */
export function movedSince(then: World, now: World, reads: readonly string[]): string[] {
  const slots = (world: World) => [...Object.entries(world.names).map(([name, slot]) => [`n:${name}`, slot] as const), ...Object.entries(world.units).map(([uid, slot]) => [`u:${uid}`, slot] as const)];
  const groups = new Set(reads.map((key) => then.names[key]?.[1] ?? then.units[key]?.[1]));
  return slots(then).filter(([key, [, group]]) => groups.has(group) && slotOf(now, key)?.[1] !== group).map(([key]) => key.slice(2));
}

function slotOf(world: World, key: string): Slot | undefined {
  return key.startsWith('n:') ? world.names[key.slice(2)] : world.units[key.slice(2)];
}

/** Everything an attempt changes, deleted and unstorable names included: what contradicts an earlier read of it. */
export function touchesKey(delta: Delta, key: string): boolean {
  return key in delta.binds || key in delta.units || key in delta.tombstones || delta.unbinds.includes(key);
}

/** Names of the world that live in a process, those tied to them included, with the attempt that made them. */
export function processNames(world: World): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, tombstone] of Object.entries(world.tombstones)) {
    for (const each of [name, ...tombstone.with]) found.set(each, tombstone.version);
  }
  return found;
}
