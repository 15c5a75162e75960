"""Modules are stored as imports, dotted ones too: `import xml.dom` binds `xml`, and `xml.dom` must work again."""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any

from headwater.values.current import current
from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name


@reduces(types.ModuleType)
def reduce_module(saver: Any, module: types.ModuleType) -> Any:
    session = saver.session
    if module is session.main:
        return load_module, ("__main__", ())
    if sys.modules.get(module.__name__) is not module:
        raise Unstorable(f"a module that cannot be imported, {module.__name__}")
    dotted = tuple(sorted(name for name in session.imports if name.startswith(module.__name__ + ".") and name in sys.modules))
    return load_module, (module.__name__, dotted)


@stored_name
def load_module(name: str, dotted: tuple[str, ...]) -> types.ModuleType:
    if name == "__main__":
        return current().main
    for submodule in dotted:
        try:
            importlib.import_module(submodule)
        except ImportError:  # `from a.b import c` is recorded as a.b.c too, though c may be a function
            pass
    return importlib.import_module(name)
