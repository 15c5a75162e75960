"""Bytes in pieces: what a pickler writes, without a copy of the large strings in it."""

from __future__ import annotations

from typing import Any, Union

LARGE = 1 << 20
"""Bytes of a piece from which it is not copied: below, one whole is handier, and the copy costs next to nothing."""


class Sink:
    """What a pickler writes to. A large `bytes` it passes on as the very object."""

    def __init__(self) -> None:
        self.pieces: list[Any] = []
        self.write = self.pieces.append


class Pieces:
    """As bytes, as far as headers are asked."""

    def __init__(self, pieces: list[Any]) -> None:
        self.pieces = pieces

    def __len__(self) -> int:
        return sum(map(len, self.pieces))

    def __contains__(self, part: bytes) -> bool:
        """Within a piece: neither an opcode with its argument nor the content of a string is ever cut."""
        return any(part in piece for piece in self.pieces)


Whole = Union[bytes, Pieces]


def gather(pieces: list[Any]) -> Whole:
    """One whole, unless a piece of it is large."""
    if all(len(piece) < LARGE for piece in pieces):
        return b"".join(pieces)
    return Pieces([piece if isinstance(piece, (bytes, bytearray)) else bytes(piece) for piece in pieces])


def pieces_of(whole: Whole) -> list[Any]:
    return whole.pieces if isinstance(whole, Pieces) else [whole]
