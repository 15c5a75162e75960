"""State that is a table: what is carried are the entries cells changed, so that it fits on what another process has of its own."""

from collections.abc import Mapping
from typing import Any, Callable, Optional

from headwater.state.variable import UNSET, Variable


class ABSENT:
    """Stands for an entry that was removed."""


class Entries(Variable):
    """A table of options. `get` gives all entries, `set` takes some of them, each with a value or ABSENT."""

    def __init__(
        self,
        name: str,
        get: Callable[[], dict[str, Any]],
        set: Callable[[Mapping[str, Any]], None],
        module: str = "builtins",
        owned: Callable[[str], bool] = lambda key: False,
        absent: Any = ABSENT,
        same: Optional[Callable[[Any, Any], bool]] = None,
        inherited: bool = True,
    ) -> None:
        """`owned` tells the keys a library may set for itself when it is imported; `absent` stands for a removed entry; `same` compares
        two values (default: `==`); `inherited`: a forked process has the same.
        """
        super().__init__(name, get, set, module)
        self._owned, self._absent, self._same = owned, absent, same or are_same
        self._inherited = inherited

    def look_ahead(self) -> None:
        """The whole table, the beginning of every attempt in a child."""
        if self._inherited:
            self.first, self.fresh = self.get(), True

    def start(self, world: Any) -> None:
        """As every variable; the beginning is a whole table here."""
        if self.first is UNSET:
            self.first = now = self.get()
        else:
            now = self.first if self.fresh else self._become(self.first)
        self.fresh = False
        self.base = self.first  # setting may import, and an import asks
        if world is not UNSET:
            self.set(world)
        # Looking once is enough where nothing was set: each look touches pages that a forked process shares.
        self.world, self.base = world, dict(now) if world is UNSET else self.get()

    def change(self) -> Any:
        """Entries of earlier steps and of this attempt together."""
        changed = self.hold()
        if not changed:
            return UNSET
        merged = {**({} if self.world is UNSET else self.world), **changed}
        return {key: merged[key] for key in sorted(merged)}

    def hold(self) -> dict[str, Any]:
        """The entries that are not as the attempt began with."""
        return self._difference(self.base, self.get())

    def absorb(self, held: dict[str, Any]) -> None:
        """An own entry of the library belongs to the beginning, unless earlier steps had set it: then theirs stands."""
        pinned = {} if self.world is UNSET else self.world
        mine = {key: value for key, value in self.hold().items() if self._owned(key) and key not in held}
        self.set({key: pinned[key] for key in mine if key in pinned})
        for table in (self.base, self.first):
            for key, value in mine.items():
                if key not in pinned and value is not self._absent:
                    table[key] = value
                elif key not in pinned:
                    table.pop(key, None)

    def is_affected(self, held: dict[str, Any]) -> bool:
        """Other changes than at `held`."""
        return bool(self._difference(held, self.hold()))

    def put_back(self, held: dict[str, Any]) -> None:
        """Exactly the changes at `held`."""
        self._become({key: value for key, value in {**self.base, **held}.items() if value is not self._absent})

    def _become(self, table: dict[str, Any]) -> dict[str, Any]:
        """-> the table as it is now."""
        now = self.get()
        difference = self._difference(now, table)
        if not difference:
            return now
        self.set(difference)
        return self.get()

    def _difference(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
        changed = {key: value for key, value in after.items() if key not in before or not self._same(before[key], value)}
        changed.update((key, self._absent) for key in before if key not in after)
        return changed


def are_same(one: Any, other: Any) -> bool:
    """Equal, or the very same; what cannot be compared (an array in a table) is different."""
    try:
        return one is other or bool(one == other)
    except Exception:
        return False
