"""Where classes and functions come from: what another process finds by importing is stored by name, all else by content."""

from __future__ import annotations

import builtins
import sys
import types
from typing import Any, Callable

HEAP_TYPE = 1 << 9
"""Flag of a class made while running (Py_TPFLAGS_HEAPTYPE); static types of C code lack it and cannot be rebuilt."""

HIDDEN_TYPES = {
    kind: name
    for name, kind in vars(types).items()
    if isinstance(kind, type) and kind.__module__ == "builtins" and getattr(builtins, kind.__name__, None) is not kind
}
"""Builtin types that say they live in builtins and do not (function, cell, mappingproxy): their name in `types`."""


class Origins:
    """Tells the notebook's own objects from those of libraries."""

    def __init__(self, main: types.ModuleType) -> None:
        self.main = main
        self.original: Callable[[str], Any] = lambda name: None
        """What stood under a dotted name before a cell assigned to it: what is stored by that name is still this."""
        self._foreign: dict[int, type] = {}

    def importable(self, o: Any, qualname: str) -> bool:
        """`o` can be found again under its module's name. Decided by identity: `functools.wraps` lies about names."""
        module = getattr(o, "__module__", None)
        if not isinstance(module, str) or module == "__main__" or "<locals>" in qualname:
            return False
        found: Any = sys.modules.get(module)
        if found is self.main or found is None:
            return False
        try:
            for part in qualname.split("."):
                found = getattr(found, part)
        except AttributeError:
            return False
        return found is o

    def replaced(self, o: Any, qualname: str) -> str | None:
        """The dotted name under which it was found until a cell put something in its place; or None."""
        name = f"{getattr(o, '__module__', None)}.{qualname}"
        return name if self.original(name) is o and not self.importable(o, qualname) else None

    def foreign(self, cls: type) -> bool:
        """The class is a library's or Python's own: every process can import it."""
        if self._foreign.get(id(cls)) is cls:
            return True
        if cls.__flags__ & HEAP_TYPE and not self.importable(cls, cls.__qualname__) and not self._from_c(cls):
            return self.replaced(cls, cls.__qualname__) is not None
        self._foreign[id(cls)] = cls
        return True

    @staticmethod
    def made_in_c(kind: type) -> bool:
        """Its own methods are C code, so that it holds what Python cannot see; from 3.10 on many such types are heap types, too."""
        own = (types.WrapperDescriptorType, types.MethodDescriptorType)
        return any(type(value) in own and value.__objclass__ is kind for value in vars(kind).values())

    def _from_c(self, cls: type) -> bool:
        """A heap type made by C code whose module does not show it under its name (`_csv.reader`)."""
        name = cls.__module__
        if not isinstance(name, str):  # Cython's functions each have a module, and their type a descriptor in its place
            return self.made_in_c(cls)
        module = sys.modules.get(name) if name != "__main__" else None
        return module is not None and module is not self.main and not str(getattr(module, "__file__", "")).endswith(".py")


def singletons(module: str, cls: type) -> dict[int, str]:
    """Instances of `cls` that stand in the dict of its own module, as id → path.

    They are "that one" and not a value: MISSING of dataclasses, `random._inst`.
    """
    if module == "builtins" or module not in sys.modules:
        return {}
    return {id(value): f"{module}.{name}" for name, value in list(vars(sys.modules[module]).items()) if type(value) is cls}
