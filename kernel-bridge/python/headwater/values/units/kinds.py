"""One face for all kinds of units."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

from headwater.values.code import Record
from headwater.values.identities import CELL, CLASS, FUNCTION, GLOBALS
from headwater.values.units import cells, classes, functions

if TYPE_CHECKING:
    from headwater.values.session import Session

PROTOCOL = 5


@dataclass(frozen=True)
class Bone:
    """A skeleton as bytes, and a function's code, which is compared without its place and so stands apart."""

    data: bytes
    code: Record | None = None


def take_bone(session: Session, uid: str, dump: Callable[[Any], bytes], refs: set[str]) -> Bone:
    """`dump` pickles what holds classes; uids that the skeleton refers to go to `refs`."""
    o, kind = session.identities.objects[uid], uid[0]
    if kind == CELL:
        return Bone(b"")
    if kind == CLASS:
        return Bone(dump(classes.skeleton(o)))
    if kind == GLOBALS:
        return Bone(dump(cells.globals_skeleton(session, o)))
    bone = functions.skeleton(session, o)
    refs.update(bone[2] or ())
    if bone[0][0] == "unit":
        refs.add(bone[0][1])
    return Bone(pickle.dumps(bone, PROTOCOL), session.codes.record(o.__code__, o.__qualname__))


def essence(session: Session, uid: str, bone: Bone) -> bytes:
    """What of the skeleton counts when two are compared."""
    return bone.data if bone.code is None else bone.data + session.codes.essence(session.identities.objects[uid].__code__)


def make(session: Session, uid: str, bone: Bone) -> Any:
    """The bare object. May make others it stands on, by `session.resolve`."""
    kind = uid[0]
    if kind == CELL:
        return cells.types.CellType()
    loaded = session.read(bone.data)
    if kind == FUNCTION:
        assert bone.code is not None
        return functions.make(session, loaded, bone.code)
    return classes.make(session, uid, loaded) if kind == CLASS else cells.make_globals(loaded)


def make_again(session: Session, uid: str, bone: Bone) -> None:
    """Brings the skeleton of a live object up to date."""
    o, kind = session.identities.objects[uid], uid[0]
    if kind == FUNCTION:
        assert bone.code is not None
        functions.make_again(session, o, session.read(bone.data), bone.code)
    elif kind == CLASS:
        classes.make_again(o, session.read(bone.data))


def take_behaviour(session: Session, uid: str) -> Any:
    return classes.behaviour(session.identities.objects[uid])


def set_behaviour(session: Session, uid: str, stored: Any) -> None:
    classes.set_behaviour(session.identities.objects[uid], stored)


def take_state(session: Session, uid: str) -> Any:
    o, kind = session.identities.objects[uid], uid[0]
    if kind == FUNCTION:
        return functions.state(o)
    if kind == CLASS:
        return classes.state(session, o)
    return cells.cell_state(o) if kind == CELL else cells.globals_state(o)


def set_state(session: Session, uid: str, stored: Any) -> None:
    o, kind = session.identities.objects[uid], uid[0]
    if kind == FUNCTION:
        functions.set_state(o, stored)
    elif kind == CLASS:
        classes.set_state(session, uid, o, stored)
    elif kind == CELL:
        cells.set_cell(o, stored)
    else:
        cells.set_globals(o, stored)
