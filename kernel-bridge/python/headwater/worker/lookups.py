"""Where the import system looked for a module in the project: what stands there decided which module it was, or that there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec

from headwater.state.imports import LOCAL, find_origin, origin_of


def looked_at(name: str, path: Sequence[str] | None, spec: ModuleSpec | None, project: str) -> Iterator[str]:
    """Absolute paths of files; a folder ends with a separator. Only those of `project`.

    None for a module of a library, and for one that a library asks for in vain: that a step might write a file of such a name there
    is not thought of.
    """
    if spec is not None:
        if spec.origin is not None and find_origin(spec) == LOCAL and _is_in(project, spec.origin):
            yield os.path.abspath(spec.origin)
        return
    if _asked_by_library():
        return
    tail = name.rpartition(".")[2]
    for folder in sys.path if path is None else path:
        place = os.path.join(os.path.abspath(folder or "."), tail)
        if _is_in(project, place):
            yield f"{place}.py"
            yield place + os.sep


def _is_in(project: str, place: str) -> bool:
    return "site-packages" not in place and os.path.realpath(place).startswith(project + os.sep)


IMPORTING = ("headwater", "importlib", "_frozen_importlib", "_frozen_importlib_external")
"""Packages that import for somebody else."""


def _asked_by_library() -> bool:
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in IMPORTING:
        frame = frame.f_back
    file = "" if frame is None else frame.f_code.co_filename
    return os.path.isabs(file) and origin_of(file) != LOCAL
