"""Groups back into a process: skeletons of all units first, then what makes classes work, then state, then names."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headwater.values.errors import CannotLoad
from headwater.values.identities import CLASS
from headwater.values.keys import GroupId, Key
from headwater.values.pack import split_header
from headwater.values.payloads import read_payload
from headwater.values.reader import Reader
from headwater.values.units import kinds

if TYPE_CHECKING:
    from headwater.values.session import Session


class Loading:
    """One load. `renew` are units that live here and changed elsewhere: their objects are filled again, in place."""

    def __init__(self, session: Session, renew: set[str]) -> None:
        self.session, self.renew = session, renew
        self.loaded: dict[GroupId, list[Key]] = {}
        """Group → keys that this process now has from it."""
        self._readers: dict[GroupId, Reader] = {}
        self._fill: dict[str, GroupId] = {}

    def run(self, gids: Iterable[GroupId]) -> list[str]:
        """Names that were bound. CannotLoad names the group that failed; what came before it stays loaded."""
        gids = self._close(gids)
        for gid in gids:
            self._guard(gid, self._open)
        for gid in gids:
            self._guard(gid, self._make)
        for gid in gids:
            self._guard(gid, self._read_behaviour)
        for gid in gids:
            self._guard(gid, self._read_state)
        bound = self._bind_for_hashing()
        for gid in gids:
            if gid in self._readers:
                bound += self._guard(gid, self._bind)
        return bound

    def _bind_for_hashing(self) -> list[str]:
        """Sets and dicts ask their elements for a hash while they are loaded: what that code refers to is bound before all else."""
        session, bound = self.session, []
        classes = [session.identities.objects[uid] for uid in self._fill if uid[0] == CLASS]
        todo = [vars(cls)[name] for cls in classes for name in ("__hash__", "__eq__") if name in vars(cls)]
        while todo:
            f = todo.pop()
            for name in session.names_behind(f):
                gid = session.slots.names[name][1]
                session.reads[name] = session.slots.names[name][0]
                bound += self._guard(gid, self._bind) if gid in self._readers else session.load([name])
                todo.append(session.value(name) if name in session.held else None)
        return bound

    def _guard(self, gid: GroupId, work: Any) -> Any:
        try:
            return work(gid, self.session.group(gid))
        except CannotLoad:
            raise
        except Exception as error:
            raise CannotLoad(self.session.group(gid)["names"], error) from error

    def _close(self, gids: Iterable[GroupId]) -> list[GroupId]:
        """With the groups of all units that they lead to and that are not here yet; units in an order that depends on content alone."""
        session, todo, seen = self.session, list(gids), {}
        while todo:
            gid = todo.pop()
            if gid in seen or gid in session.old and not self.renew.intersection(session.group(gid)["units"]):
                continue
            seen[gid] = None
            group = session.group(gid)
            for uid in (*group["refs"], *group["units"]):
                if uid not in session.identities.objects or uid in self.renew:
                    slot = session.slots.units.get(uid)
                    if slot is None:
                        raise CannotLoad(group["names"], KeyError(f"unit {uid} is not in the world"))
                    todo.append(slot[1])
        return list(seen)

    def _open(self, gid: GroupId, group: dict[str, Any]) -> None:
        session = self.session
        bones, streams = split_header(read_payload(session.store, group["payload"]))
        buffers = [session.buffers.open(key) for key in group["buffers"]]  # the maps themselves: libraries want real buffers
        self._readers[gid] = Reader(streams, buffers=buffers)
        for uid in group["units"]:
            here = session.slots.units.get(uid)
            if here is not None and here[1] == gid and (uid not in session.identities.objects or uid in self.renew):
                self._fill[uid] = gid
                session.bones[uid] = bones[uid]

    def _make(self, gid: GroupId, group: dict[str, Any]) -> None:
        for uid in group["units"]:
            if self._fill.get(uid) == gid:
                if uid in self.renew:
                    kinds.make_again(self.session, uid, self.session.bones.pop(uid))
                else:
                    self.session.resolve(uid)

    def _read_behaviour(self, gid: GroupId, group: dict[str, Any]) -> None:
        if any(uid[0] == CLASS for uid in group["units"]):
            for uid, behaviour in self._readers[gid].load():
                if self._fill.get(uid) == gid:
                    kinds.set_behaviour(self.session, uid, behaviour)

    def _read_state(self, gid: GroupId, group: dict[str, Any]) -> None:
        keys = self.loaded[gid] = [("u", uid) for uid in group["units"] if self._fill.get(uid) == gid]
        if group["units"]:
            for uid, state in self._readers[gid].load():
                if ("u", uid) in keys:
                    kinds.set_state(self.session, uid, state)

    def _bind(self, gid: GroupId, group: dict[str, Any]) -> list[str]:
        reader = self._readers.pop(gid)
        bound: list[str] = []
        values = reader.load() if group["names"] else ()
        reader.fill_sets()
        for name, value in zip(group["names"], values):
            slot = self.session.slots.names.get(name)
            if slot is not None and slot[1] == gid and self.session.may_bind(name):
                self.session.bind(sys.intern(name), value)  # interned: as the compiler would have it in the namespace
                bound.append(name)
            else:
                self.session.spare(value, group)
        self.loaded[gid] += [("n", name) for name in bound]
        return bound
