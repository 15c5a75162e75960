"""Paths that hold on another machine: what lies in the notebook's folder or project is kept relative to it."""

import os
from typing import Any, Optional


class Place:
    """The folders a run may find elsewhere on another machine."""

    def __init__(self, folder: str, project: Optional[str] = None) -> None:
        """`folder` is the notebook's, `project` the one that travels with it (default: the folder)."""
        roots = [folder, os.path.realpath(folder), *([] if project is None else [project, os.path.realpath(project)])]
        # Every worker numbers them alike: a root keeps its number even where two of them coincide.
        self._roots: list[str] = [root.rstrip(os.sep) or os.sep for root in roots]

    def holds(self, path: str) -> bool:
        """Whether it lies in one of the folders."""
        return isinstance(self.pack(os.path.abspath(path)), tuple)

    def pack(self, path: str) -> Any:
        """`path`, or ("in", number of the root, what follows it)."""
        for number, root in enumerate(self._roots):
            if path == root or path.startswith(root.rstrip(os.sep) + os.sep):
                return ("in", number, path[len(root) :])
        return path

    def unpack(self, packed: Any) -> Any:
        """The path here. A root this worker was not told about is the folder."""
        if not isinstance(packed, tuple):
            return packed
        _, number, rest = packed
        return self._roots[number if number < len(self._roots) else 0] + rest
