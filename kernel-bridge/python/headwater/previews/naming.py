"""What a value's type is called, asked past anything the notebook's own classes may have redefined."""

import enum
import types
from typing import Any

_descriptors = type.__dict__

SINGLES = frozenset({
    ("builtins", "complex"), ("decimal", "Decimal"), ("fractions", "Fraction"), ("uuid", "UUID"), ("pathlib", "PurePath"),
    ("datetime", "date"), ("datetime", "time"), ("datetime", "timedelta"), ("datetime", "timezone"), ("zoneinfo", "ZoneInfo"),
    ("pandas", "Timestamp"), ("pandas", "Timedelta"), ("pandas", "Period"), ("pandas", "Interval"), ("pandas", "NaTType"),
    ("pandas", "NAType"), ("numpy", "generic"), ("numpy", "dtype"), ("re", "Pattern"),
})
"""Types that stand for one thing, with a `str` that is short, quick and does nothing else: package and name."""

_ROOTS = {root for root, _ in SINGLES}


def mro_of(cls: type) -> "tuple[type, ...]":
    """The class and its bases, whatever its metaclass says."""
    return _descriptors["__mro__"].__get__(cls)


def name_of(cls: type) -> str:
    """`Outer.Inner`, without the function it was defined in."""
    name = _descriptors["__qualname__"].__get__(cls)
    return name.rpartition("<locals>.")[2]


def module_of(cls: type) -> str:
    """Where the class says it is defined; "" if it says something odd."""
    module = _descriptors["__module__"].__get__(cls)
    return module if isinstance(module, str) else ""


def root_of(cls: type) -> str:
    """The top package of its module."""
    return module_of(cls).partition(".")[0]


def is_single(value: Any) -> bool:
    """May `str` be called on it, and shows that the whole of it? Not for instances of classes derived elsewhere."""
    cls = type(value)
    if is_a(value, enum.Enum):
        return True
    if root_of(cls) not in _ROOTS or name_of(cls) in ("void", "object_"):
        return False
    return any((root_of(base), name_of(base)) in SINGLES for base in mro_of(cls))


def is_a(value: Any, *classes: type) -> bool:
    """`isinstance` that never asks the value: its `__class__` may be a property. Nor does it compare classes: they may say how."""
    return any(base is each for base in mro_of(type(value)) for each in classes)


def is_exactly(value: Any, *classes: type) -> bool:
    """An instance of one of `classes` itself."""
    return any(type(value) is each for each in classes)


def attributes_of(value: Any) -> "dict[str, Any]":
    """The instance's own attributes as they are stored; empty where a class hides them or has none."""
    for cls in mro_of(type(value)):
        found = _descriptors["__dict__"].__get__(cls).get("__dict__")
        if found is not None:
            stored: Any = found.__get__(value) if is_exactly(found, types.GetSetDescriptorType) else None
            return stored if is_exactly(stored, dict) else {}
    return {}


def describe_type(value: Any) -> str:
    """A short name for people: `DataFrame`, `ndarray`, `Pipeline`, `function`, `class`."""
    if is_a(value, type):
        return "class"
    name = name_of(type(value))
    return {"builtin_function_or_method": "function", "NoneType": "None"}.get(name, name)
