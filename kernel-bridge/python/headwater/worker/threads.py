"""Numeric libraries were imported with one thread each, so that forking is safe: a task gets its threads back."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

SETTERS = {
    "scipy_openblas_set_num_threads64_": "OPENBLAS_NUM_THREADS",
    "scipy_openblas_set_num_threads": "OPENBLAS_NUM_THREADS",
    "openblas_set_num_threads64_": "OPENBLAS_NUM_THREADS",
    "openblas_set_num_threads": "OPENBLAS_NUM_THREADS",
    "MKL_Set_Num_Threads": "MKL_NUM_THREADS",
    "omp_set_num_threads": "OMP_NUM_THREADS",
    "bli_thread_set_num_threads": "BLIS_NUM_THREADS",
}
"""Entry points of OpenBLAS (plain and as NumPy and SciPy bundle it), MKL, OpenMP and BLIS; what each library reads when it is loaded."""

MARKS = ("openblas", "mkl_rt", "libgomp", "libomp", "libiomp", "blis")


def unset_thread_limits() -> frozenset[str]:
    """Takes away the variables set only for the time of importing, which cells and their child processes must not see; -> their names."""
    ours = frozenset(filter(None, os.environ.pop("HEADWATER_UNSET", "").split(",")))
    for name in ours:
        os.environ.pop(name, None)
    return ours


def find_setters(ours: frozenset[str]) -> list[tuple[Any, str]]:
    """Entry points that set the number of threads, of every numeric library loaded by now that was not told by the person, each with its
    variable. Looked up once, before forking."""
    found: list[tuple[Any, str]] = []
    for path in _numeric_libraries():
        try:
            library = ctypes.CDLL(path, mode=getattr(os, "RTLD_NOLOAD", 4) | ctypes.DEFAULT_MODE)
        except OSError:
            continue
        found += [(setter, told) for name, told in SETTERS.items() if told in ours and (setter := getattr(library, name, None)) is not None]
    return found


def count_cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def restore_threads(setters: list[tuple[Any, str]]) -> None:
    """Lets numeric libraries use as many threads as they would have by themselves: what OpenMP was told, else one for each core."""
    cores = count_cores()
    told = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    count = int(told) if told.isdigit() and int(told) > 0 else cores
    for setter, name in setters:
        # OpenBLAS never takes more than there are cores.
        number = min(count, cores) if name == "OPENBLAS_NUM_THREADS" else count
        if number > 1:
            setter(ctypes.c_int(number))


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
