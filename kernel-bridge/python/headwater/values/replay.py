"""After a replay: a process that holds what cannot be stored, and else the values of another process than the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.values.keys import Key
from headwater.values.slots import Slot

if TYPE_CHECKING:
    from headwater.values.session import Session


def tied_slots(session: Session) -> dict[Key, Slot]:
    """What of this process is current although another one stored it: names that share something with a value that only lives here.

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
