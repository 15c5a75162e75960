"""Type variables and new types: by name they point into `__main__`, so they are stored by content, with a uid that keeps identity."""

from __future__ import annotations

import typing
from typing import Any, Callable

from headwater.values.current import current
from headwater.values.identities import TYPE_VARIABLE
from headwater.values.reduce.registry import register, stored_name


def reduce_typevar(saver: Any, v: Any) -> Any:
    if saver.session.origins.importable(v, v.__name__):
        return NotImplemented
    uid = saver.session.identities.uid(v, TYPE_VARIABLE, v.__name__)
    return load_typevar, (uid, v.__name__, v.__constraints__, v.__bound__, v.__covariant__, v.__contravariant__, v.__module__)


def reduce_newtype(saver: Any, v: Any) -> Any:
    if saver.session.origins.importable(v, v.__name__):
        return NotImplemented
    return load_newtype, (saver.session.identities.uid(v, TYPE_VARIABLE, v.__name__), v.__name__, v.__supertype__, v.__module__)


def reduce_paramspec(saver: Any, v: Any) -> Any:
    """Also for variable numbers of types."""
    if saver.session.origins.importable(v, v.__name__):
        return NotImplemented
    return load_paramspec, (saver.session.identities.uid(v, TYPE_VARIABLE, v.__name__), type(v).__name__, v.__name__, v.__module__)


@stored_name
def load_typevar(uid: str, name: str, constraints: Any, bound: Any, covariant: bool, contravariant: bool, module: str | None) -> Any:
    return _once(uid, module, lambda: typing.TypeVar(name, *constraints, bound=bound, covariant=covariant, contravariant=contravariant))  # type: ignore[misc]


@stored_name
def load_newtype(uid: str, name: str, supertype: Any, module: str | None) -> Any:
    return _once(uid, module, lambda: typing.NewType(name, supertype))  # type: ignore[misc]


@stored_name
def load_paramspec(uid: str, kind: str, name: str, module: str | None) -> Any:
    return _once(uid, module, lambda: getattr(typing, kind)(name))


def _once(uid: str, module: str | None, make: Callable[[], Any]) -> Any:
    identities = current().identities
    if uid not in identities.objects:
        made = make()
        made.__module__ = module
        identities.adopt(uid, made)
    return identities.objects[uid]


register(typing.TypeVar, reduce_typevar)
for _kind in ("ParamSpec", "TypeVarTuple"):  # 3.10, 3.11
    if hasattr(typing, _kind):
        register(getattr(typing, _kind), reduce_paramspec)
if isinstance(typing.NewType, type):  # a function before 3.10, whose results are functions: units
    register(typing.NewType, reduce_newtype)
