"""The address of bytes: a sha256 over the sha256 of fixed chunks, so that large buffers hash on several cores."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

CHUNK_BYTES = 8 << 20
"""Also the size of a part in S3; hashing one takes 5 ms, so threads pay from the second chunk on."""

THREADS = 2


def chunks_of(data: memoryview) -> list[memoryview]:
    """The chunks of a buffer in order; an empty buffer has one empty chunk."""
    return [data[at : at + CHUNK_BYTES] for at in range(0, max(len(data), 1), CHUNK_BYTES)]


def cut(views: Iterable[memoryview]) -> Iterator[list[memoryview]]:
    """The chunks of several buffers, one after the other, each as the pieces it is made of."""
    chunk: list[memoryview] = []
    room = CHUNK_BYTES
    for view in views:
        while len(view):
            piece, view = view[:room], view[room:]
            chunk.append(piece)
            room -= len(piece)
            if room == 0:
                yield chunk
                chunk, room = [], CHUNK_BYTES
    if chunk:
        yield chunk


def combine(digests: Iterable[bytes]) -> str:
    """The address of a value from the digests of its chunks."""
    return hashlib.sha256(b"".join(digests)).hexdigest()


def address(data: memoryview) -> str:
    """The address of a whole buffer."""
    parts = chunks_of(data)
    if len(parts) == 1:
        return combine([hashlib.sha256(parts[0]).digest()])
    with ThreadPoolExecutor(THREADS) as pool:
        return combine(pool.map(lambda part: hashlib.sha256(part).digest(), parts))
