"""Rows of a frame as named tuples that can be stored."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from headwater.values.reduce.registry import register


@lru_cache(maxsize=64)
def row_type(fields: tuple[str, ...]) -> Any:
    """A named tuple; names that Python cannot take become `_1`, `_2`, as in `DataFrame.itertuples`."""
    kind: Any = namedtuple("Row", fields, rename=True)  # noqa: PYI024  (the fields are known only here)
    kind.__reduce__ = lambda self: (make_row, (fields, tuple(self)))
    register(kind, lambda saver, row: (make_row, (fields, tuple(row))))
    return kind


def make_row(fields: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    """What a stored row is made by: this name is part of the store's format."""
    return row_type(fields)._make(values)


def rows_of(frame: Any) -> Iterator[Any]:
    """`Index` first, then the columns."""
    make = row_type(("Index", *map(str, frame.columns)))
    rows: Iterable[Any] = frame.itertuples(name=None)
    return (make._make(row) for row in rows)
