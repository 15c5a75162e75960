"""Sets and frozensets keep their order of iteration.

A pickle round trip changes it for every second set of 30 ints, though it is the same in every Run All. So the hash table is read as
it stands (CPython 3.9 to 3.13: fill, used, mask, table, hash, finger, small table after the object's head) and an insertion order is
found that gives it again.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, Union

WORD = ctypes.sizeof(ctypes.c_void_p)
LINEAR_PROBES = 9
PERTURB_SHIFT = 5
"""Both from CPython's Objects/setobject.c."""

BODY, TABLE, HASH, SMALL = (words * WORD for words in (2, 5, 6, 8))
"""Where the counts, the address of the table, the frozenset's own hash and the table of small sets stand in the object."""

BODY_SIZE = (6 + 2 * 8) * WORD
"""Six words, and eight small entries of two."""

READABLE = sys.implementation.name == "cpython" and (3, 9) <= sys.version_info[:2] <= (3, 13)

Recipe = tuple[tuple[Any, ...], int, tuple[int, ...], tuple[int, ...]]
"""Elements in order of insertion, size of the table, slots that removed elements still hold, and the elements' own slots where no
order of insertion leads there: an element may have taken the slot of a removed one that others had passed."""

AnySet = Union[set[Any], frozenset[Any]]


def elements_of(s: AnySet) -> list[Any]:
    """In their order, whatever a subclass makes of iterating."""
    base: Any = set if issubclass(type(s), set) else frozenset
    return list(base.__iter__(s))


def is_reordered(s: AnySet) -> bool:
    """Would it come back in another order, or what is added to it later? Elements known by their address never had one to keep."""
    elements = elements_of(s)
    if not READABLE or len(elements) < 2 or all(kind.__hash__ is object.__hash__ for kind in {type(e) for e in elements}):
        return False
    try:
        again: set[Any] = set()
        again.update(elements)  # as unpickling does; a set made from a set takes over its table
    except Exception:  # an element's own __hash__, which may be as broken as it likes
        return False
    return bytes(_table(again)[1]) != bytes(_table(s)[1])


def find_recipe(s: AnySet) -> Recipe:
    """An element goes in after everything that stands earlier in its own probe sequence."""
    mask, hashes = _table(s)
    live = {id(e): e for e in elements_of(s)}
    at = {slot: live[hashes[2 * slot]] for slot in range(mask + 1) if hashes[2 * slot] in live}
    gaps = tuple(slot for slot in range(mask + 1) if hashes[2 * slot] and slot not in at)
    earlier = {slot: [q for q in _before(hash(at[slot]), mask, slot) if q in at] for slot in at}
    try:
        slots, tangled = tuple(TopologicalSorter(earlier).static_order()), False
    except CycleError:
        slots, tangled = tuple(at), True
    return tuple(at[slot] for slot in slots), mask + 1, gaps, slots if tangled else ()


def fill(s: set[Any], order: Sequence[Any], size: int, gaps: Sequence[int], slots: Sequence[int] = ()) -> None:
    """Fills an empty set: presized through a dict (no resizing on the way), removed slots held by fillers meanwhile."""
    fillers = [_Filler(slot) for slot in gaps]
    todo: list[Any] = [*fillers, *order]
    free: list[int] = []
    if size > 8:  # smaller ones never need to grow
        first = todo[: max(size // 4, min(len(todo), size // 2 - 1))]
        lacking = size // 4 + 1 - len(first)
        free = _free_slots(todo, size)[:lacking] if lacking > 0 else []
        extra = [_Filler(slot) for slot in free]
        set.update(s, dict.fromkeys([*extra, *first]))
        set.update(s, todo[len(first) :])
        fillers += extra
    else:
        set.update(s, todo)
    for each in fillers:
        set.discard(s, each)  # all at once they would make the table anew
    if READABLE and free:
        _make_free(s, free)
    if READABLE and slots:
        _move(s, order, gaps, slots)


def lay_out(s: frozenset[Any], *recipe: Any) -> None:
    """Gives a frozenset that holds these elements the table that they had: its body changes places with that of a set filled so."""
    if not READABLE:
        return
    made: set[Any] = set()
    fill(made, *recipe)
    bodies = [ctypes.string_at(id(each) + BODY, BODY_SIZE) for each in (made, s)]
    tables = [_word(each, TABLE) for each in (made, s)]
    collects = gc.isenabled()
    gc.disable()  # nothing may look at either while both own one table
    try:
        for each, body, table, other in ((s, bodies[0], tables[0], made), (made, bodies[1], tables[1], s)):
            hashed = _word(each, HASH)
            ctypes.memmove(id(each) + BODY, body, BODY_SIZE)
            _set_word(each, HASH, hashed)
            _set_word(each, TABLE, id(each) + SMALL if table == id(other) + SMALL else table)
    finally:
        if collects:
            gc.enable()


def _word(o: object, offset: int) -> int:
    return ctypes.c_ssize_t.from_address(id(o) + offset).value


def _set_word(o: object, offset: int, value: int) -> None:
    ctypes.c_ssize_t.from_address(id(o) + offset).value = value


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


def _move(s: set[Any], order: Sequence[Any], gaps: Sequence[int], slots: Sequence[int]) -> None:
    """Each element to its slot, unless hashes are others here, so that nobody would find it there."""
    mask, entries = _table(s)
    passed = {*slots, *gaps}
    if not all(slot <= mask and passed.issuperset(_before(hash(e), mask, slot)) for e, slot in zip(order, slots)):
        return
    found = {entries[2 * slot]: entries[2 * slot + 1] for slot in range(mask + 1) if entries[2 * slot]}
    live = {id(e): found.pop(id(e)) for e in order}
    ctypes.memset(entries, 0, ctypes.sizeof(entries))
    for slot in gaps:
        entries[2 * slot], entries[2 * slot + 1] = next(iter(found.items()))
    for e, slot in zip(order, slots):
        entries[2 * slot], entries[2 * slot + 1] = id(e), live[id(e)]


class _Filler:
    def __init__(self, slot: int) -> None:
        self.slot = slot

    def __hash__(self) -> int:
        return self.slot


def _table(s: AnySet) -> tuple[int, Any]:
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
