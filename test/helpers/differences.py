"""Where two values part: paths through whatever a pickle would hold of them, down to single numbers and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

ATOMS = (str, bytes, int, float, complex, type(None), type, np.generic, np.dtype)


def differences(left: Any, right: Any, path: str = "", seen: set[tuple[int, int]] | None = None) -> Iterator[tuple[str, Any, Any]]:
    """(path, left, right) for each place; values that are met again are compared once."""
    seen = set() if seen is None else seen
    if (id(left), id(right)) in seen:
        return
    if type(left) is not type(right):
        yield path, left, right
    elif isinstance(left, np.ndarray) and not left.dtype.hasobject:
        if (left.dtype, left.shape, left.tobytes()) != (right.dtype, right.shape, right.tobytes()):
            yield path, left, right
    elif isinstance(left, ATOMS) or callable(left) and hasattr(left, "__qualname__"):
        if repr(left) != repr(right) and getattr(left, "__qualname__", left) != getattr(right, "__qualname__", right):
            yield path, left, right
    else:
        seen.add((id(left), id(right)))
        yield from _inside(left, right, path, seen)


def _inside(left: Any, right: Any, path: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(left, (list, tuple)) and type(left) in (list, tuple):
        yield from _members(dict(enumerate(left)), dict(enumerate(right)), path, seen)
    elif type(left) is dict:
        yield from _members(left, right, path, seen)
    elif isinstance(left, (set, frozenset)):
        yield from differences(sorted(map(repr, left)), sorted(map(repr, right)), path, seen)
    else:
        # (made by, of, state, items, pairs); ids are remembered, so what they belong to must stay alive.
        left_parts, right_parts = ([list(each) if hasattr(each, "__next__") else each for each in value.__reduce_ex__(4)] for value in (left, right))
        kept.append((left_parts, right_parts))
        for what, a, b in zip(("<made by>", "<of>", "", "<items>", "<pairs>"), left_parts, right_parts):
            yield from differences(a, b, ".".join(filter(None, (path, what))), seen)


kept: list[Any] = []


def _members(left: dict[Any, Any], right: dict[Any, Any], path: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Any, Any]]:
    if list(map(repr, left)) != list(map(repr, right)):
        yield path, list(left), list(right)
        return
    for (key, a), b in zip(left.items(), right.values()):
        yield from differences(a, b, f"{path}.{key}" if path else str(key), seen)
