"""Instances of classes written in Python: state taken and set raw, so that none of the class's own code runs."""

from __future__ import annotations

import abc
import types
import typing
from typing import Any

from headwater.values.origins import Origins
from headwater.values.reduce.registry import Reducer, native, stored_name
from headwater.values.set_order import elements_of, fill, find_recipe, is_reordered, lay_out

BASES = (object, list, dict, set, frozenset, tuple, int, float, complex, str, bytes, bytearray)
"""Builtin types whose storage can be filled without the subclass's methods."""

HOOKS = {"__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__"}

RUNS_ON_BUILD = HOOKS | {"__getattr__", "__getattribute__", "__setattr__", "__class__", "__dict__", "__slots__"}
"""What pickle's BUILD would run, or be led astray by, when it sets the attributes of an instance."""

RUNS_ON_LOAD = RUNS_ON_BUILD | {"__new__", "__hash__"}
"""A class without these loads by pickle's own way as by ours, 5 times faster; `__hash__` may run inside a cycle, on a bare object."""

PLAIN = {int, str, float, bool, bytes, type(None)}


def plan_for(cls: type, origins: Origins, own: bool) -> Reducer:
    """How instances of `cls` are stored. `own`: of the notebook, whose hooks are not asked; a library's are."""
    members: list[tuple[type, str, Any]] = []
    base: type = object
    runs: set[str] = set()
    for c in cls.__mro__:
        if c in (object, typing.Generic, typing.Protocol, abc.ABC):
            continue
        theirs = {name for name in RUNS_ON_LOAD & vars(c).keys() if vars(c)[name] is not None and type(vars(c)[name]) is not ATTRIBUTE}
        if own and not origins.foreign(c):
            members += [
                (c, name, value) for name, value in vars(c).items() if type(value) is types.MemberDescriptorType and value.__objclass__ is c
            ]
        elif c in BASES:
            base = c
            continue
        elif c.__module__ in ("collections.abc", "_collections_abc"):
            continue
        elif origins.made_in_c(c) or theirs & (HOOKS | {"__slots__"}):
            return native
        runs |= theirs
    if not runs and base is object and not members:
        return native
    return RawPlan(base, members, runs.isdisjoint(RUNS_ON_BUILD))


ATTRIBUTE = types.GetSetDescriptorType
"""The `__dict__` that a class makes for its instances is one of these."""


class RawPlan:
    """`builds`: attributes may be set by pickle itself."""

    def __init__(self, base: type, members: list[tuple[type, str, Any]], builds: bool) -> None:
        self.base, self.members, self.builds = base, members, builds

    def __call__(self, saver: Any, o: Any) -> Any:
        if saver.hooks:
            return NotImplemented
        early, late = _divide(_attributes(o))
        if self.base is object and self.builds and not self.members:
            return raw_new, (type(o), object, None, early), late or None
        slots = [(c, name, member.__get__(o)) for c, name, member in self.members if _is_set(member, o)]
        payload, items = _take_builtin(self.base, o)
        return raw_new, (type(o), self.base, payload, early), (late, slots, items), None, None, raw_set


def _divide(attrs: dict[str, Any] | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Attributes with plain values are set at once, so that the class's `__hash__` works inside cycles; the others keep their place."""
    if not attrs:
        return None, None
    late = {name: value for name, value in attrs.items() if type(value) not in PLAIN}
    return {**attrs, **dict.fromkeys(late)} if late else dict(attrs), late


def _take_builtin(base: Any, o: Any) -> tuple[Any, Any]:
    """What the builtin type holds: for its constructor, or to be filled in."""
    if base is tuple:
        return tuple(tuple.__iter__(o)), None
    if base is frozenset:
        return elements_of(o), find_recipe(o) if is_reordered(o) else None
    if base in (int, float, complex, str, bytes):
        return base.__getnewargs__(o)[0], None  # pyright: ignore[reportAttributeAccessIssue]
    if base is list:
        return None, list(list.__iter__(o))
    if base is dict:
        return None, list(dict.items(o))
    if base is set:
        return None, find_recipe(o) if is_reordered(o) else elements_of(o)
    return None, base.copy(o) if base is not object else None


def _attributes(o: Any) -> dict[str, Any] | None:
    try:
        return object.__getattribute__(o, "__dict__")
    except AttributeError:
        return None


def _is_set(member: Any, o: Any) -> bool:
    try:
        member.__get__(o)
        return True
    except AttributeError:
        return False


@stored_name
def raw_new(cls: type, base: Any, payload: Any, early: dict[str, Any] | None) -> Any:
    o = base.__new__(cls) if payload is None else base.__new__(cls, payload)
    if early:
        object.__getattribute__(o, "__dict__").update(early)
    return o


@stored_name
def raw_set(o: Any, state: tuple[Any, Any, Any]) -> None:
    attrs, slots, items = state
    if attrs:
        object.__getattribute__(o, "__dict__").update(attrs)
    for cls, name, value in slots:
        vars(cls)[name].__set__(o, value)
    if items is not None:
        base = next(b for b in type(o).__mro__ if b in BASES)
        add = {list: list.extend, set: _fill_set, frozenset: _lay_out, dict: dict.update, bytearray: bytearray.extend}
        add[base](o, items)  # type: ignore[index]


def _fill_set(o: set[Any], items: Any) -> None:
    if isinstance(items, tuple):
        fill(o, *items)
    else:
        set.update(o, items)


def _lay_out(o: frozenset[Any], recipe: Any) -> None:
    lay_out(o, *recipe)
