"""Mersenne Twisters, as `random` and NumPy's legacy functions use them: was one only drawn from, or set?"""

import random
import struct
from typing import NamedTuple

WORDS = 624
"""Words of 32 bits in a state. Drawing hands them out one by one; then a twist makes the next ones."""

BLOCK_BITS = 32 * WORDS

MOST_TWISTS = 5_000
"""How far a state is followed: 3 million words, more than `numpy.random.randn(1_000_000)` takes. At 3 µs each, an attempt that seeds
pays 15 ms; one that drew even more is taken for seeded, which is never wrong, only carried without need."""

_FORMAT = f"<{WORDS}I"


class Twister(NamedTuple):
    """A state: its words, little-endian, and how many of them were handed out."""

    key: bytes
    at: int


def pack_words(words: "tuple[int, ...]") -> bytes:
    """Words as the bytes of a key."""
    return struct.pack(_FORMAT, *words)


def unpack_words(key: bytes) -> "tuple[int, ...]":
    """The words of a key."""
    return struct.unpack(_FORMAT, key)


def is_drawn(before: Twister, after: Twister) -> bool:
    """Can `after` be reached from `before` by drawing alone?"""
    if before.key == after.key:
        return after.at >= before.at
    wanted = _follow(after.key, 0).getrandbits(BLOCK_BITS)
    scratch = _follow(before.key, WORDS)
    return any(scratch.getrandbits(BLOCK_BITS) == wanted for _ in range(MOST_TWISTS))


def _follow(key: bytes, at: int) -> random.Random:
    scratch = random.Random()
    scratch.setstate((3, (*unpack_words(key), at), None))
    return scratch
