"""Imports made once, before forking: only libraries known to be safe, each checked after its import."""

from __future__ import annotations

import importlib
import os
import stat
import sys
from collections.abc import Iterable

SAFE = frozenset(
    {
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "matplotlib",
        "statsmodels",
        "seaborn",
        "patsy",
        "networkx",
        "sympy",
        "PIL",
        "requests",
        "joblib",
        "dateutil",
        "pytz",
        "tqdm",
        "yaml",
    }
)
"""Libraries whose import neither starts threads (with BLAS kept to one) nor opens devices. Everything else is imported in the task."""

NOT_PRELOADED = frozenset({"antigravity", "this", "tkinter", "turtle", "idlelib", "test", "multiprocessing", "asyncio", "concurrent"})
"""Of the standard library: what shows something when imported, and what keeps its own pools and loops."""

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "BLIS_NUM_THREADS")
"""Set to 1 while importing, so that no pool of threads is started that a fork would lose; gone before the first cell (threads.py)."""

WHILE_IMPORTING = {**dict.fromkeys(ONE_THREAD, "1"), "OPENBLAS_THREAD_TIMEOUT": "20"}
"""What a relay sets, as an engine does for a worker of its own machine (packages/engine/src/launch/worker-environment.ts says why)."""


def preload(modules: Iterable[str], project: str) -> str | None:
    """Imports what is safe; -> why this process can no longer fork, or None.

    A module of the project is left out even when it has a safe name: it may change between tasks.
    """
    before = _descriptors()
    for name in modules:
        root = name.partition(".")[0]
        if not _is_safe(root) or _is_local(root, project):
            continue
        try:
            importlib.import_module(name)
        except Exception:
            continue  # the task imports it too, and shows the error where it belongs
        reason = _unsafe(name, before)
        if reason is not None:
            return reason
    return None


def _is_safe(root: str) -> bool:
    standard = getattr(sys, "stdlib_module_names", frozenset())
    return root in SAFE or (root in standard and root not in NOT_PRELOADED)


def _is_local(root: str, project: str) -> bool:
    return any(os.path.exists(os.path.join(project, root + end)) for end in ("", ".py"))


def _unsafe(name: str, before: set[int]) -> str | None:
    threads = count_threads()
    if threads > 1:
        return f"importing {name} started {threads - 1} thread{'s' if threads > 2 else ''}"
    for fd in _descriptors() - before:
        kind = _kind(fd)
        if kind is not None:
            return f"importing {name} opened {kind}"
    return None


def count_threads() -> int:
    """Threads of this process as the system counts them; 1 where it cannot be asked."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def _descriptors() -> set[int]:
    try:
        return {int(fd) for fd in os.listdir("/proc/self/fd")}
    except OSError:
        return set()


def _kind(fd: int) -> str | None:
    """What a new descriptor is, if it is something a fork must not share."""
    try:
        mode = os.fstat(fd).st_mode
        if stat.S_ISSOCK(mode):
            return "a socket"
        if stat.S_ISCHR(mode) and os.readlink(f"/proc/self/fd/{fd}") not in ("/dev/null", "/dev/urandom", "/dev/random"):
            return "a device"
    except OSError:
        return None
    return None
