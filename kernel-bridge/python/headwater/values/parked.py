"""A process that stays, since it holds what cannot be stored, and runs another step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.values.keys import Key, task_of
from headwater.values.slots import Slot

if TYPE_CHECKING:
    from headwater.values.session import Session


def refresh(session: Session, world: dict[str, Any], attempt: str, after_replay: bool) -> None:
    """See `Session.refresh`."""
    session.set_world(world)
    if after_replay:
        session.groups.clear()
        session.loaded = tied_slots(session)
    session.attempt = attempt
    session.identities.begin(task_of(attempt))
    session.reads, session.read_units, session.wanted = {}, {}, set()
    dead = session.slots.tombstones
    session.stones = {name: dead[name] for name in session.stones if name in dead and dead[name]["version"] in session.ran}
    session.ran.add(attempt)
    _drop_names(session)
    renew = {uid for uid in session.identities.units() if uid in session.slots.units and not _is_current(session, ("u", uid))}
    session.loaded = {key: slot for key, slot in session.loaded.items() if slot == session.slots.of(key)}
    left = (old.without({key for key in old.keys if key not in session.loaded}) for old in session.old.values())
    session.old = {old.gid: old for old in left if old.keys}
    session.load_groups(sorted({session.slots.units[uid][1] for uid in renew}), renew)


def _drop_names(session: Session) -> None:
    """Those that changed elsewhere, moved to another group, or are gone: they are loaded when they are asked for."""
    final = session.is_final(session.identities.units())
    for name in list(session.held):
        if name not in session.stones and not _is_current(session, ("n", name)):
            del session.held[name]
            if final:
                session.keep(session.value(name))
            session.namespace(name).pop(name, None)


def _is_current(session: Session, key: Key) -> bool:
    return key in session.loaded and session.loaded[key] == session.slots.of(key)


def tied_slots(session: Session) -> dict[Key, Slot]:
    """After a replay: what is current although another process stored it, names that share something with a value that only lives here.

    With the units they lead to: filled again from the store, those would let go of what they share.
    """
    slots = session.slots
    names = {name for stone in session.stones.values() for name in stone["with"] if name in session.held and name in slots.names}
    found: dict[Key, Slot] = {("n", name): slots.names[name] for name in names}
    todo = [gid for _, gid in found.values()]
    while todo:
        group = session.group(todo.pop())
        for uid in (*group["refs"], *group["units"]):
            if uid in slots.units and uid in session.identities.objects and ("u", uid) not in found:
                found["u", uid] = slots.units[uid]
                todo.append(slots.units[uid][1])
    return found
