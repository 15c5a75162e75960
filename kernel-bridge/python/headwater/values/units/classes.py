"""Classes of the notebook, rebuilt by `type.__new__` so that no code of theirs runs a second time."""

from __future__ import annotations

import _abc  # type: ignore[import-not-found]
import abc
import enum
import types
from typing import TYPE_CHECKING, Any, Optional

from headwater.values.identities import CLASS
from headwater.values.reduce.instances import BASES, raw_new

if TYPE_CHECKING:
    from headwater.values.session import Session

NO_STATE = ("__dict__", "__weakref__", "__slots__", "_abc_impl", "__module__", "__slotnames__")
"""Stand in the class's dict without being part of its state: made by `type.__new__`, or caches of `isinstance` and `copyreg`."""

BEHAVIOUR = (types.FunctionType, staticmethod, classmethod, property)


def skeleton(cls: type) -> tuple[Any, ...]:
    body: dict[str, Any] = {name: None for name in vars(cls) if name == "__doc__" or _is_state(cls, name)}  # holds the places
    body.update((name, vars(cls)[name]) for name in ("__module__", "__slots__") if name in vars(cls))
    body["__qualname__"] = cls.__qualname__
    return type(cls), cls.__name__, cls.__bases__, body, _members(cls) if isinstance(cls, enum.EnumMeta) else None


def _members(cls: Any) -> list[tuple[str, type, Any]]:
    """Name, builtin type mixed in, raw payload of each: the member without its attributes."""
    base = next(b for b in cls.__mro__ if b in BASES)
    return [(m._name_, base, _payload(m, base)) for name, m in cls._member_map_.items() if name == m._name_]


def _payload(member: Any, base: Any) -> Any:
    if base is object:
        return None
    return tuple(tuple.__iter__(member)) if base is tuple else base.__getnewargs__(member)[0]


def make(session: Session, uid: str, bone: tuple[Any, ...]) -> type:
    meta, name, bases, body, members = bone
    cls = _without_init_subclass(meta, name, bases, dict(body))
    if isinstance(cls, abc.ABCMeta):
        _abc._abc_init(cls)
    for member, base, payload in members or ():
        session.identities.members[uid, member] = raw_new(cls, base, payload, None)
    return cls


def _without_init_subclass(meta: Any, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
    """`type.__new__` calls the nearest `__init_subclass__`, which ran when the class was defined (a registry would double)."""
    hook: Any = next((c for b in bases for c in b.__mro__ if c is not object and "__init_subclass__" in vars(c)), None)
    if hook is None:
        return type.__new__(meta, name, bases, body)
    kept = vars(hook)["__init_subclass__"]
    try:
        type.__setattr__(hook, "__init_subclass__", classmethod(lambda cls, **keywords: None))
    except TypeError:  # of a C type: it is Python's own and harmless
        return type.__new__(meta, name, bases, body)
    try:
        return type.__new__(meta, name, bases, body)
    finally:
        type.__setattr__(hook, "__init_subclass__", kept)


def make_again(cls: Any, bone: tuple[Any, ...]) -> None:
    """Another process changed it: bases may be others; the dict is state."""
    if cls.__bases__ != bone[2]:
        type.__setattr__(cls, "__bases__", bone[2])


def _is_state(cls: type, name: str) -> bool:
    value = vars(cls)[name]
    descriptor = type(value) in (types.MemberDescriptorType, types.GetSetDescriptorType)
    return name not in NO_STATE and not (descriptor and value.__objclass__ is cls)  # slots are made by type.__new__


Entries = tuple[tuple[str, Any], ...]


def behaviour(cls: type) -> Entries:
    """What of the class's dict makes its instances work."""
    return tuple(entry for entry in list(vars(cls).items()) if isinstance(entry[1], BEHAVIOUR) and _is_state(cls, entry[0]))


def _rest(cls: type) -> Entries:
    return tuple(entry for entry in list(vars(cls).items()) if not isinstance(entry[1], BEHAVIOUR) and _is_state(cls, entry[0]))


def set_behaviour(cls: type, stored: Entries) -> None:
    _replace(cls, behaviour(cls), stored)


def _replace(cls: type, old: Entries, new: Entries) -> None:
    for name in dict(old).keys() - dict(new).keys():
        type.__delattr__(cls, name)
    for name, value in new:
        type.__setattr__(cls, name, value)


State = tuple[Entries, Optional[tuple[tuple[str, Any], ...]], Optional[tuple[type, ...]]]


def state(session: Session, cls: Any) -> State:
    """Other entries of the dict, attributes of an enum's members, virtual subclasses of an ABC."""
    entries, members, virtual = _rest(cls), None, None
    if isinstance(cls, enum.EnumMeta):
        members = tuple((m._name_, vars(m)) for name, m in cls._member_map_.items() if name == m._name_)
        entries = tuple((name, _own_members(cls, value) if name == "_value2member_map_" else value) for name, value in entries)
    if isinstance(cls, abc.ABCMeta):
        registered = [ref() for ref in _abc._get_dump(cls)[0]]
        virtual = tuple(sorted((c for c in registered if c is not None), key=lambda c: _order(session, c)))
    return entries, members, virtual


def _own_members(cls: Any, by_value: dict[Any, Any]) -> dict[Any, Any]:
    """Without combinations of flags, which come and go."""
    return {value: m for value, m in by_value.items() if cls._member_map_.get(m._name_) is m}


def _order(session: Session, cls: type) -> tuple[str, str]:
    """The registry is a set ordered by addresses: something that is the same in every process."""
    uid = None if session.origins.foreign(cls) else session.identities.uid(cls, CLASS, cls.__qualname__)
    return uid or "", f"{cls.__module__}.{cls.__qualname__}"


def set_state(session: Session, uid: str, cls: Any, stored: State) -> None:
    entries, members, virtual = stored
    for name, attributes in members or ():
        vars(session.identities.members[uid, name]).update(attributes)
    _replace(cls, _rest(cls), entries)
    for subclass in virtual or ():
        abc.ABCMeta.register(cls, subclass)
