"""Tells when a module begins and ends to be executed, so that what imports do to process state can be told from what cells do."""

import os
import sys
import sysconfig
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from typing import Any, Callable, Optional

STANDARD, LIBRARY, LOCAL = "standard", "library", "local"
"""Where a module comes from: Python itself, an installed package, or the notebook's own project."""


Look = Callable[[str, Optional[Sequence[str]], Optional[ModuleSpec]], None]


class ImportWatch:
    """A finder that finds nothing by itself: it asks the others, and has the found module's spec tell when it is executed.

    The import system sets `_initializing` of a spec before and after the module runs. A wrapper around the loader would be cleaner,
    but would stand as a frame in the traceback of every module that fails.
    """

    def __init__(self, begin: Callable[[str, str], None], end: Callable[[str], None], look: Look) -> None:
        """`begin(name, where it comes from)` and `end(name)` are called in the thread that imports, and must not raise.

        `look(name, path, spec)` is called for every module that is looked for, with what was found or None.
        """
        self._look = look

        def set_initializing(spec: Any, value: bool) -> None:
            spec.__dict__["_initializing"] = value
            if value:
                begin(spec.name, find_origin(spec))
            else:
                spec.__class__ = ModuleSpec
                end(spec.name)

        watched = property(lambda spec: spec.__dict__.get("_initializing", False), set_initializing)
        self._class = type("ModuleSpec", (ModuleSpec,), {"_initializing": watched})

    def install(self) -> None:
        """Comes first of all finders."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)  # type: ignore[arg-type]

    def find_spec(self, name: str, path: Optional[Sequence[str]] = None, target: Any = None) -> Optional[ModuleSpec]:
        """What the other finders find. A module that is loaded again (`target`) runs as part of the cell."""
        if target is not None:
            self._look(name, path, target.__spec__)
            return None
        for finder in list(sys.meta_path):
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = None if find is None else find(name, path, None)
            if spec is not None:
                if type(spec) is ModuleSpec:
                    spec.__class__ = self._class
                self._look(name, path, spec)
                return spec
        self._look(name, path, None)
        return None


def find_origin(spec: ModuleSpec) -> str:
    """STANDARD, LIBRARY or LOCAL."""
    path = spec.origin
    # Else built-in, frozen, or a namespace without code.
    return STANDARD if path is None or not os.path.isabs(path) else origin_of(path)


def origin_of(path: str) -> str:
    """The same of a file of source."""
    if "site-packages" in path or "dist-packages" in path or path.startswith(_OURS):
        return LIBRARY
    return STANDARD if path.startswith(_STANDARD) else LOCAL


_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_STANDARD = tuple({sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib")})
