"""Sets keep their order of iteration.

A pickle round trip changes it for every second set of 30 ints, though it is the same in every Run All. So the hash table is read as
it stands (CPython 3.9 to 3.13: fill, used, mask, table after the object's head) and an insertion order is found that gives it again.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from typing import Any

WORD = ctypes.sizeof(ctypes.c_void_p)
LINEAR_PROBES = 9
PERTURB_SHIFT = 5
"""Both from CPython's Objects/setobject.c."""

READABLE = sys.implementation.name == "cpython" and (3, 9) <= sys.version_info[:2] <= (3, 13)

Recipe = tuple[tuple[Any, ...], int, tuple[int, ...]]
"""Elements in order of insertion, size of the table, slots that removed elements still hold."""


def is_reordered(s: set[Any]) -> bool:
    """Would it come back in another order? Elements that are known by their address never had one to keep."""
    if not READABLE or len(s) < 2 or all(kind.__hash__ is object.__hash__ for kind in {type(e) for e in s}):
        return False
    try:
        again: set[Any] = set()
        again.update(list(s))  # as unpickling does; a set made from a set takes over its table
    except Exception:  # an element's own __hash__, which may be as broken as it likes
        return False
    return [id(e) for e in again] != [id(e) for e in s]


def find_recipe(s: set[Any]) -> Recipe:
    """An element goes in after everything that stands earlier in its own probe sequence."""
    mask, hashes = _table(s)
    live = {id(e): e for e in s}
    at = {slot: live[hashes[2 * slot]] for slot in range(mask + 1) if hashes[2 * slot] in live}
    gaps = tuple(slot for slot in range(mask + 1) if hashes[2 * slot] and slot not in at)
    order: list[Any] = []
    done: set[int] = set()
    for first in at:
        stack = [first]
        while stack:
            slot = stack[-1]
            if slot in done:
                stack.pop()
                continue
            need = [q for q in _before(hash(at[slot]), mask, slot) if q in at and q not in done and q not in stack]
            if need:
                stack += need[::-1]
            else:
                done.add(slot)
                order.append(at[slot])
                stack.pop()
    return tuple(order), mask + 1, gaps


def fill(s: set[Any], order: Sequence[Any], size: int, gaps: Sequence[int]) -> None:
    """Fills an empty set: presized through a dict (no resizing on the way), removed slots held by fillers meanwhile."""
    fillers = [_Filler(slot) for slot in gaps]
    todo: list[Any] = [*fillers, *order]
    free: list[int] = []
    if size > 8:  # smaller ones never need to grow
        first = todo[: max(size // 4, min(len(todo), size // 2 - 1))]
        lacking = size // 4 + 1 - len(first)
        free = _free_slots(todo, size)[:lacking] if lacking > 0 else []
        extra = [_Filler(slot) for slot in free]
        s.update(dict.fromkeys([*extra, *first]))
        s.update(todo[len(first) :])
        fillers += extra
    else:
        s.update(todo)
    for each in fillers:
        s.discard(each)  # all at once they would make the table anew
    if READABLE and free:
        _make_free(s, free)


def _free_slots(todo: Sequence[Any], size: int) -> list[int]:
    """Slots that stay empty: what stands there for a while is in nobody's way."""
    taken: set[int] = set()
    for each in todo:
        taken.add(next(slot for slot in _before(hash(each), size - 1, -1) if slot not in taken))
    return [slot for slot in range(size) if slot not in taken]


def _make_free(s: set[Any], slots: Sequence[int]) -> None:
    """Slots whose element was removed are as if there never had been one: what is added later goes where it would have gone."""
    _, entries = _table(s)
    for slot in slots:
        entries[2 * slot] = entries[2 * slot + 1] = 0
    ctypes.c_ssize_t.from_address(id(s) + 2 * WORD).value -= len(slots)


class _Filler:
    def __init__(self, slot: int) -> None:
        self.slot = slot

    def __hash__(self) -> int:
        return self.slot


def _table(s: set[Any]) -> tuple[int, Any]:
    _fill, _used, mask, address = (ctypes.c_ssize_t * 4).from_address(id(s) + 2 * WORD)
    return mask, (ctypes.c_ssize_t * (2 * (mask + 1))).from_address(address)


def _before(value: int, mask: int, slot: int) -> Iterator[int]:
    """Slots that the probe sequence of this hash passes before it comes to `slot`."""
    perturb = value & (1 << 8 * WORD) - 1
    i = value & mask
    while True:
        run = range(i, i + LINEAR_PROBES + 1) if i + LINEAR_PROBES <= mask else (i,)
        for q in run:
            if q == slot:
                return
            yield q
        perturb >>= PERTURB_SHIFT
        i = (i * 5 + 1 + perturb) & mask
