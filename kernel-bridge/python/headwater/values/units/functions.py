"""Functions: code and whose globals are the skeleton; defaults, attributes and names the state."""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

from headwater.values.code import Record
from headwater.values.identities import CELL, GLOBALS

if TYPE_CHECKING:
    from headwater.values.session import Session


def skeleton(session: Session, f: types.FunctionType) -> tuple[Any, ...]:
    """Where its globals are, its name, the uids of its cells."""
    cells = None
    if f.__closure__ is not None:
        named = zip(f.__code__.co_freevars, f.__closure__)
        cells = [session.identities.uid(cell, CELL, f"{f.__qualname__}.{variable}") for variable, cell in named]
    return _place(session, f.__globals__), f.__name__, cells


def _place(session: Session, namespace: Any) -> tuple[str, str | None]:
    """The one live namespace; a library's module (the helper of `contextmanager`); or a dict of its own (`exec(code, ns)`)."""
    if namespace is vars(session.main):
        return "main", None
    name = namespace.get("__name__")
    module = sys.modules.get(name) if isinstance(name, str) else None
    if module is not None and vars(module) is namespace:
        return "module", name
    return "unit", session.identities.uid(namespace, GLOBALS, name if isinstance(name, str) else "globals")


def make(session: Session, bone: tuple[Any, ...], record: Record) -> types.FunctionType:
    (place, where), name, cells = bone
    code = session.codes.load(record)
    if place == "main":
        namespace = vars(session.main)
    else:
        namespace = vars(importlib.import_module(where)) if place == "module" else session.resolve(where)
    if cells is None:
        return types.FunctionType(code, namespace, name)
    by_name = dict(zip(record[3], cells))  # another Python may put free variables in another order
    return types.FunctionType(code, namespace, name, None, tuple(session.resolve(by_name[v]) for v in code.co_freevars))


def make_again(session: Session, f: types.FunctionType, bone: tuple[Any, ...], record: Record) -> None:
    """Another process changed it: the live object gets the new code."""
    f.__code__, f.__name__ = session.codes.load(record), bone[1]


def state(f: types.FunctionType) -> tuple[Any, ...]:
    parameters = getattr(f, "__type_params__", ())  # 3.12
    names = f.__module__, f.__qualname__, f.__doc__
    return f.__defaults__, f.__kwdefaults__, tuple(vars(f).items()), f.__annotations__ or None, *names, parameters


def set_state(f: Any, stored: tuple[Any, ...]) -> None:
    f.__defaults__, f.__kwdefaults__, attrs, annotations, f.__module__, f.__qualname__, f.__doc__, parameters = stored
    f.__annotations__ = {} if annotations is None else annotations
    vars(f).clear()
    vars(f).update(attrs)
    if parameters:
        f.__type_params__ = parameters
