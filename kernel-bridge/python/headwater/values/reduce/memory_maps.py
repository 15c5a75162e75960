"""NumPy's memory maps: one that is only read is opened again; one that is written reaches its file from one process only."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import stored_name

OPENED = "headwater.opened"
"""Audit event: a file is opened for the sake of a value (worker/effects.py)."""


def reduce_map(m: Any) -> Any:
    """`m`: the array that holds the map."""
    if m.mode != "r" or m.filename is None:
        raise Unstorable("a memory map that can be written")
    order = "F" if m.flags.f_contiguous and not m.flags.c_contiguous else "C"
    return load_map, (os.fspath(m.filename), m.dtype, m.offset, m.shape, order)


@stored_name
def load_map(file: str, dtype: Any, offset: int, shape: Any, order: str) -> Any:
    sys.audit(OPENED, file)
    return importlib.import_module("numpy").memmap(file, dtype, "r", offset, shape, order)
