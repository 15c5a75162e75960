"""Values as Metaflow keeps them: one pickle each, which must load where there is no Headwater and no notebook."""

from __future__ import annotations

import importlib
import io
import pickle
import sys
import types
from collections import namedtuple
from typing import Any

from headwater.control.failure import Failure

PROTOCOL = 4
"""Metaflow's own."""

WRAPPER = "MetaflowExceptionWrapper"


class CannotGo(Exception):
    """The value would not load elsewhere. The message says what it needs."""


def pack(value: Any) -> bytes:
    """Raises CannotGo."""
    if isinstance(value, types.ModuleType):
        raise CannotGo("a module")
    buffer = io.BytesIO()
    try:
        _Pickler(buffer, PROTOCOL).dump(value)
    except CannotGo:
        raise
    except Exception as error:  # Whatever a class of the person's raises.
        raise CannotGo(f"it cannot be pickled: {error}") from error
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Failure):
            return wrap(obj.type, obj.message, obj.traceback).__reduce__()
        home = getattr(obj, "__module__", None) if isinstance(obj, (type, types.FunctionType)) else None
        if isinstance(home, str) and (home == "__main__" or home.split(".")[0] == "headwater"):
            raise CannotGo(f"it needs `{getattr(obj, '__qualname__', obj)}` of {'the notebook' if home == '__main__' else 'headwater'}")
        return NotImplemented


def wrap(kind: str, message: str, traceback: str) -> Any:
    """A failure as Metaflow keeps those it caught."""
    made = _borrow("metaflow.exception", WRAPPER, lambda: type(WRAPPER, (Exception,), {"__reduce__": _reduce}))()
    vars(made).update(type=kind, exception=message, stacktrace=traceback or None)
    return made


def _reduce(wrapper: Any) -> Any:
    return type(wrapper), (None,), vars(wrapper)


def frame(step: str, var: str, splits: int, index: int, value: str) -> Any:
    """A place in a foreach. Metaflow's tuples name `__main__` as their home, whatever runs there."""
    make = _borrow("__main__", "ForeachFrame", lambda: namedtuple("ForeachFrame", "step var num_splits index value"))
    return make(step, var, splits, index, value)


def pack_own(value: Any) -> bytes:
    """What this package makes itself."""
    return pickle.dumps(value, PROTOCOL)


def _borrow(module: str, name: str, make: Any) -> Any:
    """A class of Metaflow; where that is not installed, a stand-in which pickle writes down under the same name."""
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ImportError:
        found = None
    if found is None:
        found = make()
        found.__module__ = module
        packages = module.split(".")
        for end in range(1, len(packages) + 1):
            sys.modules.setdefault(".".join(packages[:end]), types.ModuleType(".".join(packages[:end])))
        setattr(sys.modules[module], name, found)
    return found
