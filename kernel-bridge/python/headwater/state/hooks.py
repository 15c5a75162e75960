"""Switches and hooks of Python itself that a cell may turn: arguments, exception hooks, signal handlers, the collector, the file mask."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import Variable

ATTRIBUTES = ("argv", "excepthook", "unraisablehook", "breakpointhook", "tracebacklimit", "ps1")
"""Of `sys`. `displayhook` is IPython's own while a cell runs, and comes back after it."""

LIMITS = ("switchinterval", "int_max_str_digits")
"""Of `sys`, by a pair of functions; the second one exists since 3.10.7."""

SIGNALS = tuple(each for each in signal.Signals if each not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD))
"""SIGCHLD belongs to the worker in the supervisor, and nothing but the default serves a cell."""


def hook_variables() -> list[Variable]:
    """One each."""
    return [
        Entries("%sys", _get_sys, _set_sys),
        Entries("%threading", _get_threading, _set_threading),
        Entries("%signals", _get_signals, _set_signals, inherited=False),
        Variable("%gc", lambda: (gc.isenabled(), gc.get_threshold()), _set_gc),
        Variable("%umask", _get_umask, _set_umask),
    ]


def _get_sys() -> dict[str, Any]:
    found = {name: getattr(sys, name) for name in ATTRIBUTES if hasattr(sys, name)}
    found["argv"] = list(found["argv"])
    return {**found, **{name: getattr(sys, f"get{name}" if name == "switchinterval" else f"get_{name}")() for name in _limits()}}


def _set_sys(changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name in LIMITS:
            getattr(sys, f"set{name}" if name == "switchinterval" else f"set_{name}")(value)
        elif value is ABSENT:
            sys.__dict__.pop(name, None)
        elif name == "argv":
            sys.argv[:] = value
        else:
            setattr(sys, name, value)


def _limits() -> tuple[str, ...]:
    return LIMITS if hasattr(sys, "get_int_max_str_digits") else LIMITS[:1]


def _get_threading() -> dict[str, Any]:
    return {"excepthook": threading.excepthook}


def _set_threading(changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(threading, name, value)


def _get_signals() -> dict[str, Any]:
    """Those of the operating system, set by a library in C, are None and stay."""
    return {each.name: signal.getsignal(each) for each in SIGNALS}


def _set_signals(changes: Mapping[str, Any]) -> None:
    for name, handler in changes.items():
        if handler is not None and handler is not ABSENT:
            signal.signal(signal.Signals[name], handler)


def _set_gc(value: tuple[bool, tuple[int, int, int]]) -> None:
    enabled, threshold = value
    gc.set_threshold(*threshold)
    (gc.enable if enabled else gc.disable)()


def _set_umask(mask: int) -> None:
    os.umask(mask)


def _get_umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
