"""Stamps of files: enough to see later whether a file is still the one that was read or written."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable

HASHED_BYTES = 32 << 20
"""Larger files are told apart by size and time alone: hashing a gigabyte takes most of a second."""

CHUNK = 1 << 20


def stamp_all(files: Iterable[str], folder: str) -> dict[str, str]:
    """Path as recorded, relative to `folder` -> stamp."""
    return {each: stamp(os.path.join(folder, each)) for each in sorted(files)}


def stamp(path: str) -> str:
    """`size:mtime in ns:sha256`, without the hash for large files; empty for a folder, a special file or one that is gone."""
    try:
        facts = os.stat(path)
        if not stat.S_ISREG(facts.st_mode):
            return ""
        digest = _hash(path) if facts.st_size <= HASHED_BYTES else ""
    except OSError:
        return ""
    return f"{facts.st_size}:{facts.st_mtime_ns}:{digest}"


def _hash(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()
