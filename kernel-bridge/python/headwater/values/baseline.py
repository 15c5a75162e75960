"""What a loaded group is compared with when the step ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.values.keys import Key, wire
from headwater.values.pack import Part
from headwater.values.partition import partition
from headwater.values.survey import pack_alone
from headwater.values.ties import Ties
from headwater.values.versions import OldGroup

if TYPE_CHECKING:
    from headwater.values.session import Session

SMALL = 64 << 10
"""Bytes of a header up to which it is pickled once more right after loading. A pickle loaded and pickled again differs in 4 of 100 groups
though nobody changed it (strings that were one object, sets of instances), and like is compared with like only within one process. A
larger one would pay twice for what mostly turns out equal: it is compared with what is stored, at the price of some false alarms. To
load it once more only when it differs is no way out: loading runs code of the notebook (`__setstate__`), which would notice."""


def take_baseline(session: Session, gid: str, keys: list[Key]) -> OldGroup:
    """Digests and ties of `keys`, which were just loaded from the group: taken now where that is cheap, else as stored."""
    group = session.group(gid)
    if _header_size(group["payload"]) <= SMALL:
        try:
            fresh = _take(session, gid, keys, group)
        except Exception:  # it loaded and cannot be pickled: then it cannot be stored at the end either
            fresh = None
        if fresh is not None:
            return fresh
    stored = stored_keys(group)
    return OldGroup(gid, keys, {key: group["digests"][wire(key)] for key in keys}, Ties.from_json(group["ties"], stored))


def stored_keys(group: dict[str, Any]) -> list[Key]:
    return [*(("n", name) for name in group["names"]), *(("u", uid) for uid in group["units"])]


def _take(session: Session, gid: str, keys: list[Key], group: dict[str, Any]) -> OldGroup | None:
    parts = {key: pack_alone(session, key) for key in keys}
    digests = {key: _digest(session, part, group["buffers"]) for key, part in parts.items()}
    if any(digest is None for digest in digests.values()):
        return None
    ties = partition(session, parts)[1] if len(parts) > 1 else Ties(())
    return OldGroup(gid, keys, {key: digest for key, digest in digests.items() if digest is not None}, ties)


def _digest(session: Session, part: Part, stored: list[str]) -> str | None:
    """None when a buffer is not where it was mapped (a library copied it): hashing it here would cost as much as storing it."""
    keys = [session.buffers.loaded_key(raw) for raw in part.raws]
    if None in keys:
        return part.digest(stored) if len(keys) == len(stored) else None
    return part.digest([key for key in keys if key is not None])


def _header_size(payload: dict[str, Any]) -> int:
    return len(payload["inline"]) if "inline" in payload else payload["size"]
