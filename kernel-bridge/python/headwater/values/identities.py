"""What has identity: classes, functions, closure cells, dicts used as globals, type variables. uid ↔ the one object of this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CLASS, FUNCTION, CELL, GLOBALS = "c", "f", "l", "g"
"""Kinds of units: the first letter of a uid."""

TYPE_VARIABLE = "t"
"""Has identity, but is stored inside each value that refers to it: it never changes."""

MOST = 80
"""Characters of a name inside a uid."""


class Identities:
    """Keeps every object with a uid alive: a loaded class may be used by instances in names that nobody loaded."""

    def __init__(self, task: str) -> None:
        self.objects: dict[str, Any] = {}
        self.members: dict[tuple[str, str], Any] = {}
        """(uid of an enum, member's name) → member: its class is half built when it is first asked for."""
        self._uids: dict[int, str] = {}
        self.begin(task)

    def begin(self, task: str) -> None:
        """New uids belong to `task` from here on."""
        self._task = task

    def uid(self, o: Any, kind: str, name: str) -> str:
        """The uid of `o`; when it has none, a new one: `f:train:make.<locals>.inc`, the second of that name `…inc~2`.

        The same code gives the same ids, and one more function above the others leaves theirs as they are: resume compares them.
        """
        known = self._uids.get(id(o))
        if known is not None:
            return known
        first = fresh = f"{kind}:{self._task}:{name[:MOST]}"
        count = 1
        while fresh in self.objects:
            count += 1
            fresh = f"{first}~{count}"
        self.adopt(fresh, o)
        return fresh

    def known(self, o: Any) -> str | None:
        return self._uids.get(id(o))

    def adopt(self, uid: str, o: Any) -> None:
        self.objects[uid] = o
        self._uids[id(o)] = uid

    def units(self) -> Iterator[str]:
        return (uid for uid in list(self.objects) if uid[0] != TYPE_VARIABLE)

    def globals_dicts(self) -> dict[int, str]:
        """id → uid of dicts that are some function's globals."""
        return {id(o): uid for uid, o in self.objects.items() if uid[0] == GLOBALS}
