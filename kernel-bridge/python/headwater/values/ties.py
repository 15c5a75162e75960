"""Which places of which keys are one and the same mutable object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Union

from headwater.values.keys import Key

Place = Union[int, str]
"""Position among what the key reaches, pickled alone: with equal bytes, equal positions are equal places. Or a digest of many."""

Knot = tuple[tuple[Key, Place], ...]
"""One shared object, or very many between the same keys: the place in each of the keys, sorted."""


class Ties:
    """The alias structure of a set of keys."""

    def __init__(self, knots: Iterable[Knot]) -> None:
        self.knots = sorted(knots, key=repr)
        self._at: dict[Key, set[int]] = {}
        for position, knot in enumerate(self.knots):
            for key, _ in knot:
                self._at.setdefault(key, set()).add(position)

    def among(self, keys: set[Key]) -> Ties:
        """What of it is between these keys."""
        met = set().union(*(self._at.get(key, ()) for key in keys))
        cut = (tuple(end for end in self.knots[position] if end[0] in keys) for position in met)
        return Ties(knot for knot in cut if len(knot) > 1)

    def to_json(self, keys: Sequence[Key]) -> list[Any]:
        """A row for each knot: [position in the sorted keys, place] for each end."""
        at = {key: i for i, key in enumerate(sorted(keys))}
        return [[[at[key], place] for key, place in knot] for knot in self.knots]

    @staticmethod
    def from_json(rows: list[Any], keys: Sequence[Key]) -> Ties:
        ordered = sorted(keys)
        return Ties(tuple((ordered[at], place) for at, place in row) for row in rows)
