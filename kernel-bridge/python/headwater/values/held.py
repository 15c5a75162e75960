"""What a name was bound to, known again later without keeping it alive: finalizers must run when the person's code lets go."""

from __future__ import annotations

import weakref
from typing import Any

from headwater.values.links import is_harmless

NOTHING = object()


class Held:
    """`keep`: the caller keeps the value alive anyway (a class, a function)."""

    __slots__ = ("_id", "_kept", "_ref")

    def __init__(self, value: Any, keep: bool) -> None:
        self._id = id(value)
        self._kept: Any = value if keep or is_harmless(value) else NOTHING
        self._ref: Any | None = None
        if self._kept is NOTHING:
            try:
                self._ref = weakref.ref(value)
            except TypeError:  # list, dict: its id alone, which another object could have taken over since
                pass

    def is_still(self, value: Any) -> bool:
        if self._ref is not None:
            return self._ref() is value
        return self._id == id(value)

    def is_certain(self, value: Any) -> bool:
        """The very same, and it is of a kind whose content cannot have changed or is looked at elsewhere."""
        return self._kept is value
