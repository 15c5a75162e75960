"""Only drawn from, or set? Tried on the real generators."""

import random

import pytest

from headwater.state.twister import MOST_TWISTS, WORDS, Twister, is_drawn, pack_words


def state_of(generator: random.Random) -> Twister:
    words = generator.getstate()[1]
    return Twister(pack_words(words[:-1]), words[-1])


DRAWS = {
    "nothing": lambda r: None,
    "one": lambda r: r.random(),
    "a block to its last word": lambda r: r.getrandbits(32 * WORDS),
    "a shuffle": lambda r: r.shuffle(list(range(1000))),
    "gauss": lambda r: [r.gauss(0, 1) for _ in range(999)],
    "a hundred thousand": lambda r: [r.random() for _ in range(100_000)],
    "as much as is followed": lambda r: [r.getrandbits(32 * WORDS) for _ in range(MOST_TWISTS - 1)],
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
@pytest.mark.parametrize("skip", [0, 1, 623, 624, 1000])
def test_drawing(draw, skip: int) -> None:
    generator = random.Random(5)
    generator.getrandbits(32 * skip) if skip else None
    before = state_of(generator)
    draw(generator)
    assert is_drawn(before, state_of(generator))


SETS = {
    "a seed": lambda r: r.seed(5),
    "a seed and draws": lambda r: (r.seed(5), r.random(), r.shuffle(list(range(5000)))),
    "one word back": lambda r: r.setstate((3, (*r.getstate()[1][:-1], r.getstate()[1][-1] - 1), None)),
}


@pytest.mark.parametrize("change", SETS.values(), ids=SETS)
def test_setting(change) -> None:
    generator = random.Random(6)
    generator.random()
    before = state_of(generator)
    change(generator)
    assert not is_drawn(before, state_of(generator))


def test_more_than_is_followed_counts_as_set() -> None:
    generator = random.Random(7)
    before = state_of(generator)
    for _ in range(MOST_TWISTS + 1):
        generator.getrandbits(32 * WORDS)
    assert not is_drawn(before, state_of(generator))
