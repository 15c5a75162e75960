"""A set that comes back has its order, and what is added or removed later goes where it would have gone."""

from __future__ import annotations

import random

import pytest

from headwater.values.set_order import READABLE, fill, find_recipe

pytestmark = pytest.mark.skipif(not READABLE, reason="this Python's sets cannot be looked into")


def again(s: set) -> set:
    order, size, gaps = find_recipe(s)
    made: set = set()
    fill(made, order, size, gaps)
    return made


@pytest.mark.parametrize("seed", range(300))
def test_later_changes(seed):
    """Elements that held a place only while the table grew must leave no trace: they once were in the way of what came later."""
    rng = random.Random(seed)
    s = {i * 37 % 1009 for i in range(rng.randint(2, 200))}
    for each in list(s)[:: rng.randint(2, 4)]:
        s.discard(each)
    t = again(s)
    assert list(t) == list(s)
    for _ in range(60):
        each = rng.randint(0, 1009)
        for one in (s, t):
            (one.discard if each % 3 == 0 else one.add)(each)
        assert list(t) == list(s)
        t = again(t) if each % 5 == 0 else t
    assert all(each in t for each in s) and len(t) == len(s)
