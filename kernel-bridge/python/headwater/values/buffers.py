"""Large buffers, each a blob of its own: mapped privately when loaded, and asked afterwards whether anybody wrote to them."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
import weakref
from collections.abc import Iterable
from typing import Any

OUT_OF_BAND = 64 << 10
"""Bytes from which a buffer gets its own blob: below, a file costs more than the copy."""

PAGEMAP = "/proc/self/pagemap"
ENTRY = 8
PRESENT, SWAPPED, FILE = 0x80, 0x40, 0x20
"""Bits 63, 62 and 61 of a pagemap entry, as bits of its top byte (Documentation/admin-guide/mm/pagemap.rst of Linux)."""

CLEAN = bytes(top for top in range(256) if not top & SWAPPED and (not top & PRESENT or top & FILE))
"""Top bytes of pages never touched, or still the file's: a written page of a private mapping is present and no longer the file's."""


class Mapped:
    """A private, writable mapping of a stored buffer. The store is never changed through it."""

    def __init__(self, key: str, memory: mmap.mmap) -> None:
        self.key, self.size = key, len(memory)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(memory))

    def is_written(self) -> bool:
        """Whether this process wrote to a page of it; True where the system does not tell."""
        page = mmap.PAGESIZE
        try:
            with open(PAGEMAP, "rb", buffering=0) as f:
                f.seek(self.address // page * ENTRY)
                wanted = (self.size + page - 1) // page * ENTRY
                entries = f.read(wanted)
        except OSError:
            return True
        return len(entries) < wanted or bool(entries[ENTRY - 1 :: ENTRY].translate(None, CLEAN))


class Buffers:
    """The mappings of this process, as long as something uses them, and the store's keys of buffers."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._at: dict[int, Mapped] = {}
        self._maps: dict[int, Any] = {}
        self._keys: dict[Any, str] = {}

    def open(self, key: str) -> mmap.mmap:
        with open(os.fspath(self._store.open_blob(key)), "rb") as f:
            memory = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY)
        mapped = Mapped(key, memory)
        self._at[mapped.address] = mapped
        name = id(memory)
        self._maps[name] = weakref.ref(memory, lambda _: self._forget(name, mapped.address))
        return memory

    def _forget(self, name: int, address: int) -> None:
        self._maps.pop(name, None)
        self._at.pop(address, None)

    def is_map(self, o: Any) -> bool:
        """One of our mappings: an array that stands on it owns it."""
        return type(o) is mmap.mmap and id(o) in self._maps

    def begin_save(self) -> None:
        """Within one save a buffer does not change: several names may hold it."""
        self._keys.clear()

    def key(self, raw: memoryview) -> str:
        """The blob that holds these bytes, written if need be."""
        address = address_of(raw)
        place = None if address is None else (address, raw.nbytes)
        known = self._keys.get(place) if place is not None else None
        if known is None:
            mapped = self._at.get(address) if address is not None else None
            clean = mapped is not None and mapped.size == raw.nbytes and not mapped.is_written()
            known = mapped.key if mapped is not None and clean else self._store.put_blob([raw])
            if place is not None:
                self._keys[place] = known
        return known

    def loaded_key(self, raw: memoryview) -> str | None:
        """The blob it was mapped from, right after loading, when nobody can have written to it."""
        address = address_of(raw)
        mapped = self._at.get(address) if address is not None else None
        return mapped.key if mapped is not None and mapped.size == raw.nbytes else None

    def keys(self, raws: Iterable[memoryview]) -> list[str]:
        return [self.key(raw) for raw in raws]


def address_of(raw: memoryview) -> int | None:
    """Where the bytes are, or None for read-only memory where numpy is not loaded."""
    if "numpy" in sys.modules:
        return sys.modules["numpy"].frombuffer(raw, "u1").__array_interface__["data"][0]
    return None if raw.readonly else ctypes.addressof(ctypes.c_char.from_buffer(raw))
