"""Numeric libraries were imported with one thread each, so that forking is safe: a task gets its threads back."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

SETTERS = (
    "scipy_openblas_set_num_threads64_",
    "scipy_openblas_set_num_threads",
    "openblas_set_num_threads64_",
    "openblas_set_num_threads",
    "MKL_Set_Num_Threads",
    "omp_set_num_threads",
    "bli_thread_set_num_threads",
)
"""Entry points of OpenBLAS (plain and as NumPy and SciPy bundle it), MKL, OpenMP and BLIS."""

MARKS = ("openblas", "mkl_rt", "libgomp", "libomp", "libiomp", "blis")


def unset_thread_limits() -> None:
    """Takes away the variables the engine set only for the time of importing: cells and their child processes must not see them."""
    for name in filter(None, os.environ.pop("HEADWATER_UNSET", "").split(",")):
        os.environ.pop(name, None)


def find_setters() -> list[Any]:
    """Entry points that set the number of threads, of every numeric library loaded by now. Looked up once, before forking."""
    found: list[Any] = []
    for path in _numeric_libraries():
        try:
            library = ctypes.CDLL(path, mode=getattr(os, "RTLD_NOLOAD", 4) | ctypes.DEFAULT_MODE)
        except OSError:
            continue
        found += [setter for setter in (getattr(library, name, None) for name in SETTERS) if setter is not None]
    return found


def restore_threads(setters: list[Any], count: int) -> None:
    """Lets numeric libraries use `count` threads again."""
    for setter in setters if count > 1 else ():
        setter(ctypes.c_int(count))


def _numeric_libraries() -> list[str]:
    """Paths of loaded shared libraries that keep a pool of threads."""
    if not sys.platform.startswith("linux"):
        return []
    found: dict[str, None] = {}
    with open("/proc/self/maps", "rb") as maps:
        for line in maps:
            at = line.find(b"/")
            if at > 0 and b".so" in line:
                path = line[at:].decode(errors="replace").rstrip()
                if any(mark in os.path.basename(path).lower() for mark in MARKS):
                    found[path] = None
    return list(found)
