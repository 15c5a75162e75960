// The changes of an old attempt under the key it gets in a new run, in the versions the new run has.

import type { Delta, Slot, Start, Version } from '@headwater/protocol';

export function renameAttempt(delta: Delta, old: string, start: Start): Delta {
  const { id, world } = start;
  const group = (gid: string) => (gid.startsWith(`${old}/`) ? `${id}/${gid.slice(old.length + 1)}` : gid);
  // A version that is not the attempt's own was kept: the name is the reader's input and has its version in the new world.
  const slot = (slots: Readonly<Record<string, Slot>>) => ([key, [version, gid]]: [string, Slot]): [string, [Version, string]] => [
    key, [version === old ? id : slots[key]?.[0] ?? version, group(gid)],
  ];
  const versionNow = (name: string) => world.names[name]?.[0] ?? world.tombstones[name]?.version ?? null;
  return {
    reads: Object.fromEntries(Object.keys(delta.reads).map((name) => [name, versionNow(name)])),
    readUnits: Object.fromEntries(Object.entries(delta.readUnits).map(([unit, version]) => [unit, world.units[unit]?.[0] ?? version])),
    based: Object.fromEntries(Object.entries(delta.based).map(([key, gid]) => [key, (key.startsWith('n:') ? world.names : world.units)[key.slice(2)]?.[1] ?? gid])),
    binds: Object.fromEntries(Object.entries(delta.binds).map(slot(world.names))),
    units: Object.fromEntries(Object.entries(delta.units).map(slot(world.units))),
    unbinds: delta.unbinds,
    tombstones: Object.fromEntries(Object.entries(delta.tombstones).map(([name, tombstone]) => [name, { ...tombstone, version: tombstone.version === old ? id : tombstone.version }])),
    imports: delta.imports,
    finals: delta.finals,
  };
}
