"""Modules of the project that a step imported: part of its code."""

from __future__ import annotations

import hashlib
import os
import sys

OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""This package is never part of a project, even where it stands in one."""

_seen: dict[str, str] = {}


def local_modules(project: str) -> dict[str, str]:
    """Path relative to the project folder -> sha256 of the source, for every imported module of it that is nobody's package."""
    roots = {os.path.abspath(project) + os.sep, os.path.realpath(project) + os.sep}
    found: dict[str, str] = {}
    for module in list(sys.modules.values()):
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
