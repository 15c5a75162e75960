"""`%path`: what cells changed in `sys.path`. What a worker's interpreter starts with is named by position, never by path."""

import sys
from collections.abc import Sequence
from typing import Any

from headwater.state.place import Place
from headwater.state.variable import Variable

Packed = tuple[Any, ...]


class SearchPath(Variable):
    """A value is a tuple of: ("given", n), the n-th entry this interpreter began with; ("rest", n), all from the n-th on; a path."""

    def __init__(self, place: Place) -> None:
        super().__init__("%path", self._get, self._set)
        self._place = place
        self._given: list[Any] = list(sys.path)
        self._own: list[Any] = []

    def _get(self) -> Packed:
        return tuple(_fold([self._pack(entry) for entry in sys.path if entry not in self._own], len(self._given)))

    def _set(self, value: Packed) -> None:
        own = [entry for entry in sys.path if entry in self._own]
        sys.path[:] = [*self._unpack(value), *own]

    def hold(self) -> tuple[Packed, tuple[Any, ...]]:
        """The value, and the list as it is."""
        return self._get(), tuple(sys.path)

    def absorb(self, held: tuple[Packed, tuple[Any, ...]]) -> None:
        """An entry a library adds for itself (setuptools does) stays with its import."""
        self._own += [entry for entry in sys.path if entry not in held[1] and entry not in self._given]

    def is_affected(self, held: tuple[Packed, tuple[Any, ...]]) -> bool:
        """Own entries of libraries aside."""
        return self._get() != held[0]

    def put_back(self, held: tuple[Packed, tuple[Any, ...]]) -> None:
        """Entries that libraries added meanwhile stay."""
        self._set(held[0])

    def _pack(self, entry: Any) -> Any:
        if entry in self._given:
            return ("given", self._given.index(entry))
        return self._place.pack(entry) if isinstance(entry, str) else entry

    def _unpack(self, value: Packed) -> list[Any]:
        found: list[Any] = []
        for item in value:
            if isinstance(item, tuple) and item[0] in ("given", "rest"):
                found += self._given[item[1] :] if item[0] == "rest" else self._given[item[1] : item[1] + 1]
            else:
                found.append(self._place.unpack(item))
        return found


def _fold(items: Sequence[Any], count: int) -> list[Any]:
    """The last run of given entries that reaches the end of those becomes one item: another interpreter may have more of them."""
    folded = list(items)
    for end in range(len(folded), 0, -1):
        if folded[end - 1] == ("given", count - 1):
            start, position = end - 1, count - 1
            while start > 0 and position > 0 and folded[start - 1] == ("given", position - 1):
                start, position = start - 1, position - 1
            folded[start:end] = [("rest", position)]
            break
    return folded
