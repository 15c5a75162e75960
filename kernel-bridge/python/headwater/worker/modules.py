"""Modules of the project that a step imported: part of its code."""

from __future__ import annotations

import hashlib
import itertools
import os
import sys
from collections.abc import Iterable
from functools import partial
from operator import ne
from typing import Any

OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""This package is never part of a project, even where it stands in one."""

_seen: dict[str, str] = {}
_inherited: dict[str, str] | None = None
"""What `look_ahead` found; None in a process that nobody looked ahead for."""


def look_ahead(project: str) -> None:
    """Before forking: what is imported so far is looked through once, so that no child touches, and thereby copies, the pages it stands on.

    This module goes to the end of `sys.modules`: what is imported from here on stands below it.
    """
    global _inherited
    _inherited = _find(sys.modules.values(), project)
    sys.modules[__name__] = sys.modules.pop(__name__)


def read_again(file: str) -> None:
    """It is imported now: what stands in it later is not what runs."""
    _seen.pop(file, None)
    _digest(file)


def local_modules(project: str) -> dict[str, str]:
    """Path relative to the project folder -> sha256 of the source, for every imported module of it that is nobody's package."""
    if _inherited is None:
        return _find(list(sys.modules.values()), project)
    # One step of the interpreter: a thread of the step may be importing.
    later = list(itertools.takewhile(partial(ne, __name__), reversed(sys.modules)))
    return {**_inherited, **_find([sys.modules.get(name) for name in later], project)}


def _find(modules: Iterable[Any], project: str) -> dict[str, str]:
    roots = {os.path.abspath(project) + os.sep, os.path.realpath(project) + os.sep}
    found: dict[str, str] = {}
    for module in modules:
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py") or "site-packages" in file or OURS in file:
            continue
        root = next((each for each in roots if file.startswith(each)), None)
        if root is not None:
            digest = _digest(file)
            if digest is not None:
                found[file[len(root) :].replace(os.sep, "/")] = digest
    return found


def _digest(file: str) -> str | None:
    if file not in _seen:
        try:
            with open(file, "rb") as source:
                _seen[file] = hashlib.sha256(source.read()).hexdigest()
        except OSError:
            return None
    return _seen[file]
