"""Another world's values beside those of a session: the branches of a foreach, in the process of its join."""

from __future__ import annotations

from typing import Any

from headwater.values.identities import CLASS, TYPE_VARIABLE
from headwater.values.keys import GroupId
from headwater.values.session import Session
from headwater.values.ties import Ties
from headwater.values.versions import OldGroup


class View(Session):
    """Names of `world` as plain values, bound nowhere. What one view loads keeps its aliases.

    Classes that the session's own world has are the session's, so that `isinstance` holds across branches. So are functions and cells
    that no branch changed; a changed one is an object of its own, and saved as a new one by whoever keeps it.
    """

    def __init__(self, base: Session, world: dict[str, Any]) -> None:
        super().__init__(base.store, base.attempt, base.main)
        self.base, self.values = base, {}
        self.buffers, self.codes, self.origins = base.buffers, base.codes, base.origins
        self._alike: dict[str, bool] = {}
        self.set_world(world)

    def names(self) -> list[str]:
        """What can be had; names that live only in some process cannot."""
        return sorted(self.slots.names.keys() - self.slots.bound_elsewhere(set()))

    def get(self, name: str) -> Any:
        """The value. KeyError when the world has no such name, or only as a tombstone."""
        if name not in self.held:
            self.load([name])
        return self.values[name]

    def namespace(self, name: str) -> dict[str, Any]:
        return self.values

    def load_groups(self, gids: list[GroupId], renew: set[str]) -> list[str]:
        self._share(gids)
        return super().load_groups(gids, renew)

    def _take_baseline(self, gid: GroupId, keys: Any) -> OldGroup:
        """Nothing is ever compared: a view is not saved."""
        return OldGroup(gid, keys, {}, Ties(()))

    def _share(self, gids: list[GroupId]) -> None:
        mine, base = self.identities, self.base.identities
        for uid, o in list(base.objects.items()):
            if uid[0] == TYPE_VARIABLE and uid not in mine.objects:
                mine.adopt(uid, o)
        for uid in self._units_behind(gids):
            if uid not in mine.objects and self._is_alike(uid):
                mine.adopt(uid, self.base.unit(uid))
                mine.members.update((key, member) for key, member in base.members.items() if key[0] == uid)

    def _units_behind(self, gids: list[GroupId]) -> list[str]:
        found: dict[str, None] = {}
        todo = [uid for gid in gids for uid in self._units_of(gid)]
        while todo:
            uid = todo.pop()
            if uid not in found:
                found[uid] = None
                todo += self._units_of(self.slots.units[uid][1])
        return list(found)

    def _units_of(self, gid: GroupId) -> list[str]:
        group = self.group(gid)
        return [uid for uid in (*group["units"], *group["refs"]) if uid in self.slots.units]

    def _is_alike(self, uid: str) -> bool:
        """The session's world has the same, and all that it leads to."""
        if uid not in self._alike:
            slot, here = self.slots.units[uid], self.base.slots.units.get(uid)
            self._alike[uid] = here is not None  # a cycle adds nothing
            if here is not None and uid[0] != CLASS:
                self._alike[uid] = slot == here and all(self._is_alike(other) for other in self._units_of(slot[1]))
        return self._alike[uid]
