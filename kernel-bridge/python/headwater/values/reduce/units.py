"""References to units, and to what libraries hold under a name of their own."""

from __future__ import annotations

import importlib
import types
from typing import Any

from headwater.values.current import current
from headwater.values.identities import CELL, CLASS, FUNCTION
from headwater.values.origins import HIDDEN_TYPES
from headwater.values.reduce.registry import reduces, stored_name


@stored_name
def load_unit(uid: str) -> Any:
    return current().resolve(uid)


def reduce_class(saver: Any, cls: type) -> Any:
    if not saver.session.origins.foreign(cls):
        return load_unit, (saver.unit(cls, CLASS, cls.__qualname__),)
    name = saver.session.origins.replaced(cls, cls.__qualname__)
    if name is not None:
        return original, (name,)
    return (getattr, (types, HIDDEN_TYPES[cls])) if cls in HIDDEN_TYPES else NotImplemented


@reduces(types.FunctionType)
def reduce_function(saver: Any, f: types.FunctionType) -> Any:
    session = saver.session
    if f.__globals__ is not vars(session.main) and session.origins.importable(f, f.__qualname__):
        return NotImplemented
    name = session.origins.replaced(f, f.__qualname__)
    if name is not None:
        return original, (name,)
    return load_unit, (saver.unit(f, FUNCTION, f.__qualname__),)


@stored_name
def original(name: str) -> Any:
    """The function or class a module had before a cell put another in its place."""
    module, _, rest = name.rpartition(".")
    found = getattr(importlib.import_module(module), rest)
    before = current().origins.original(name)
    return found if before is None else before


@reduces(types.CellType)
def reduce_cell(saver: Any, cell: Any) -> Any:
    return load_unit, (saver.unit(cell, CELL, "cell"),)
