"""The world as this process knows it: which version of each name and unit counts, and the group that holds it."""

from __future__ import annotations

from typing import Any

from headwater.values.keys import GroupId, Key

Slot = tuple[str, GroupId]
"""Version and group."""


class Slots:
    """From the protocol's world (packages/protocol, world.ts)."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.names: dict[str, Slot] = {name: (version, gid) for name, (version, gid) in world.get("names", {}).items() if gid}
        """Only those with a group: files between steps have versions too."""
        self.units: dict[str, Slot] = {uid: (version, gid) for uid, (version, gid) in world.get("units", {}).items()}
        self.tombstones: dict[str, dict[str, Any]] = dict(world.get("tombstones", {}))
        self.imports: set[str] = set(world.get("imports", ()))

    def of(self, key: Key) -> Slot | None:
        return (self.names if key[0] == "n" else self.units).get(key[1])

    def version(self, name: str) -> str | None:
        """Of a name, stored or not; None when there is no such name."""
        if name in self.tombstones:
            return self.tombstones[name]["version"]
        return self.names[name][0] if name in self.names else None

    def bound_elsewhere(self, held: set[str]) -> set[str]:
        """Names that can only be had in the process that holds a tombstone, unless that is this one: it has those in `held`."""
        away = {name: stone for name, stone in self.tombstones.items() if name not in held}
        return set(away).union(*(stone["with"] for stone in away.values()))
