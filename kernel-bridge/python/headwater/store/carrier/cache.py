"""The cache has a bound: what was not used for longest goes first."""

from __future__ import annotations

import os
import time

LIMIT_BYTES = 10 << 30
"""Unless `HEADWATER_CACHE_BYTES` says otherwise."""

FRESH_SECONDS = 600.0
"""A file this young may have been named to a process that has not opened it yet."""


def bound(folder: str) -> None:
    """Deletes the files used longest ago until the rest fits."""
    limit = int(os.environ.get("HEADWATER_CACHE_BYTES") or LIMIT_BYTES)
    files: list[tuple[float, int, str]] = []
    for place, _, names in os.walk(os.path.join(folder, "blobs")):
        for name in names:
            try:
                facts = os.stat(os.path.join(place, name))
            except OSError:
                continue
            files.append((max(facts.st_atime, facts.st_mtime), facts.st_size, os.path.join(place, name)))
    total = sum(size for _, size, _ in files)
    for used, size, path in sorted(files):
        if total <= limit or used > time.time() - FRESH_SECONDS:
            return
        try:
            os.unlink(path)
            total -= size
        except OSError:
            continue
