"""`%warnings`: the warning filters cells set. Those Python, the shell and libraries bring along are one mark among them."""

import warnings
from typing import Any

from headwater.state.variable import Variable

Filter = tuple[Any, ...]
Packed = tuple[tuple[Filter, ...], tuple[Filter, ...], Any]


class Filters(Variable):
    """A value is (filters before the given ones, filters after them, given ones that cells removed, or "all").

    Not carried: which warnings were shown once already. A step shows its own first one again (on stderr).
    """

    def __init__(self) -> None:
        super().__init__("%warnings", self._get, self._set)
        self._given: list[Filter] = list(warnings.filters)  # type: ignore[arg-type]
        self._own: list[Filter] = []

    def _get(self) -> Packed:
        now = [each for each in warnings.filters if each not in self._own]
        kept = [each for each in now if each in self._given]
        if not kept:
            return tuple(now), (), "all" if self._given else ()
        front, back = _around(now, self._given)
        return tuple(front), tuple(back), tuple(each for each in self._given if each not in now)

    def _set(self, value: Packed) -> None:
        front, back, gone = value
        own = [each for each in warnings.filters if each in self._own]
        given = [] if gone == "all" else [each for each in self._given if each not in (*front, *back, *gone)]
        warnings.filters[:] = [*front, *own, *given, *back]  # type: ignore[index]
        with warnings.catch_warnings():
            pass  # entering tells the C side that the filters are others now

    def hold(self) -> tuple[Packed, tuple[Filter, ...]]:
        """The value, and the list as it is."""
        return self._get(), tuple(warnings.filters)

    def absorb(self, held: tuple[Packed, tuple[Filter, ...]]) -> None:
        """A new filter belongs to the library that set it, unless it is about everybody's warnings."""
        self._own += [each for each in warnings.filters if each not in held[1] and each not in self._given and not _is_for_all(each)]

    def is_affected(self, held: tuple[Packed, tuple[Filter, ...]]) -> bool:
        """Libraries' own filters aside."""
        return self._get() != held[0]

    def put_back(self, held: tuple[Packed, tuple[Filter, ...]]) -> None:
        """Libraries' own filters stay."""
        if self.is_affected(held):
            self._set(held[0])


def _around(now: list[Filter], given: list[Filter]) -> tuple[list[Filter], list[Filter]]:
    """What stands before and after the given filters that are still in their order. A given one that was moved up stands before."""
    end = len(now)
    while end and now[end - 1] not in given:
        end -= 1
    start, last = end, len(given)
    while start and now[start - 1] in given[:last]:
        start -= 1
        last = given.index(now[start])
    return now[:start], now[end:]


def _is_for_all(each: Filter) -> bool:
    """`simplefilter("ignore")`: no message, no module, and a category of Python's own."""
    _, message, category, module, _ = each
    return message is None and module is None and category.__module__ == "builtins"
