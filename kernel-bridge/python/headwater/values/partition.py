"""Which roots are stored together: those that reach a common object that ties."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from headwater.values.keys import Key
from headwater.values.pack import Part
from headwater.values.ties import Knot, Ties

if TYPE_CHECKING:
    from headwater.values.session import Session

SPELLED_OUT = 64
"""Shared objects between the same keys up to which each is a knot of its own; more are one knot, compared as a whole."""


def partition(session: Session, parts: dict[Key, Part]) -> tuple[list[list[Key]], Ties]:
    """Groups of keys, each sorted, and all places shared between them."""
    shared = _find_shared(session, parts)
    leader = {key: key for key in parts}

    def find(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for keys in shared:
        for key in keys[1:]:
            leader[find(key)] = find(keys[0])
    groups: dict[Key, list[Key]] = {}
    for key in sorted(parts):
        groups.setdefault(find(key), []).append(key)
    return list(groups.values()), Ties(knot for keys, ids in shared.items() for knot in _knots(keys, ids, parts))


def _find_shared(session: Session, parts: dict[Key, Part]) -> dict[tuple[Key, ...], list[int]]:
    """Sorted keys → ids of the tying objects that just these keys reach, where there are two or more."""
    keys = sorted(parts)
    masks: dict[int, int] = {}
    """id → which keys reach it, a bit each."""
    large: list[int] = []
    ties, common = session.links.ties, session.rules.common
    for bit, key in enumerate(keys):
        for i in parts[key].pickler.marks:
            masks[i] = masks.get(i, 0) | 1 << bit
        if parts[key].is_large:
            large.append(bit)
            continue
        for i, (_, o) in parts[key].memo.items():
            if ties(o) and i not in common:
                masks[i] = masks.get(i, 0) | 1 << bit
    if masks or len(large) > 1:  # else there is nobody to share with, and a large memo need not be copied
        for at, bit in enumerate(large):
            memo = parts[keys[bit]].memo
            for i in masks.keys() & memo.keys():
                masks[i] |= 1 << bit
            for other in large[at + 1 :]:
                both = 1 << bit | 1 << other
                for i in memo.keys() & parts[keys[other]].memo.keys():
                    if ties(memo[i][1]) and i not in common:
                        masks[i] = masks.get(i, 0) | both
    alike: dict[int, list[int]] = {}
    for i, mask in masks.items():
        if mask & (mask - 1):
            alike.setdefault(mask, []).append(i)
    return {tuple(key for bit, key in enumerate(keys) if mask >> bit & 1): ids for mask, ids in alike.items()}


def _knots(keys: tuple[Key, ...], ids: list[int], parts: dict[Key, Part]) -> Iterator[Knot]:
    places = [parts[key].places(ids) for key in keys]
    if len(ids) <= SPELLED_OUT:
        yield from (tuple(zip(keys, ends)) for ends in zip(*places))
        return
    order = sorted(range(len(ids)), key=places[0].__getitem__)
    yield tuple((key, _digest(array("q", map(found.__getitem__, order)))) for key, found in zip(keys, places))


def _digest(places: array[int]) -> str:
    return hashlib.sha256(places).hexdigest()[:16]
