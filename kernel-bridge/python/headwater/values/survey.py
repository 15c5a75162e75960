"""Every root pickled alone, each with its own pickler, which is kept: its memo tells what the root reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.control.secrets import SECRETS
from headwater.values.deep import pack_any_depth
from headwater.values.keys import Key
from headwater.values.pack import Part
from headwater.values.pickler import NAN_BYTES, NEW_FROZENSET, NEW_SET, ORDER
from headwater.values.pieces import pieces_of
from headwater.values.set_order import is_reordered

if TYPE_CHECKING:
    from headwater.values.session import Session


@dataclass
class Survey:
    parts: dict[Key, Part] = field(default_factory=dict)
    dead: dict[Key, BaseException] = field(default_factory=dict)
    """What cannot be stored, and why."""

    def bury(self) -> None:
        """What refers to a dead unit is dead too."""
        grown = True
        while grown:
            grown = False
            for key, part in list(self.parts.items()):
                cause = next((self.dead["u", uid] for uid in sorted(part.refs) if ("u", uid) in self.dead), None)
                if cause is not None:
                    self.kill(key, cause)
                    grown = True

    def kill(self, key: Key, cause: BaseException) -> None:
        self.dead[key] = cause
        self.parts.pop(key, None)


def survey(session: Session, roots: Iterable[Key], follow: bool) -> Survey:
    """`follow`: units that roots refer to join the roots. An error of one root never stops the others."""
    found = Survey()
    todo: list[Key] = list(roots)
    asked = {uid for kind, uid in todo if kind == "u"}
    for key in todo:  # grows meanwhile
        try:
            part = found.parts[key] = pack_alone(session, key)
        except Exception as error:
            found.dead[key] = error.with_traceback(None)  # its frames hold the person's objects
            continue
        if follow and not part.refs <= asked:
            todo += (("u", uid) for uid in sorted(part.refs - asked))
            asked |= part.refs
    _without_plain_globals(session, found)
    return found


def pack_alone(session: Session, key: Key) -> Part:
    """By the first pickler that does justice to it. Raises what the first of them raised when none can."""
    first: Exception | None = None
    for how in ORDER:
        try:
            part = pack_any_depth(session, [key], how)
        except Exception as error:
            first = first or error
            continue
        if how != "fast" or not _needs_asking(part):
            return part
    assert first is not None
    raise first


def _needs_asking(part: Part) -> bool:
    if NAN_BYTES in part.header or part.holds_common or _holds_secrets(part):
        return True
    if NEW_SET not in part.header and NEW_FROZENSET not in part.header:
        return False
    return any(type(o) in (set, frozenset) and is_reordered(o) for _, o in part.memo.values())


def _holds_secrets(part: Part) -> bool:
    return SECRETS.any and any(SECRETS.are_in(data) for data in (*pieces_of(part.header), *part.raws))


def _without_plain_globals(session: Session, found: Survey) -> None:
    """A dict that is some function's globals and was pickled as a plain dict before anybody knew."""
    namespaces = session.identities.globals_dicts()
    if not namespaces:
        return
    for key, part in list(found.parts.items()):
        if not namespaces.keys().isdisjoint(part.memo):
            found.parts[key] = pack_any_depth(session, [key], "slow" if part.how == "fast" else part.how)
