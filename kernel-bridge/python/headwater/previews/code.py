"""Functions, classes and modules: names, never their code."""

import types
from typing import Any

from headwater.previews.naming import is_a, is_exactly, module_of, name_of, root_of
from headwater.previews.plain import cut, short

MEMBERS = 20
DOC_CHARS = 160


def preview_function(value: Any) -> "dict[str, Any]":
    """Signature and the first line of its docstring."""
    function = value.__func__ if is_exactly(value, types.MethodType) else value
    if is_exactly(function, types.FunctionType):
        name, signature = function.__qualname__.rpartition("<locals>.")[2], _signature(function)
    else:
        name, signature = str(getattr(function, "__name__", "?")), str(getattr(function, "__text_signature__", None) or "(…)")
    doc = _first_line(getattr(function, "__doc__", None))
    return {"kind": "function", "type": "function", "name": cut(name, 80), "signature": cut(signature, 400), "doc": doc}


def preview_class(value: type) -> "dict[str, Any]":
    """Bases and the names it defines."""
    own = type.__dict__["__dict__"].__get__(value)
    members = [name for name in own if not name.startswith("_")]
    bases = [name_of(base) for base in type.__dict__["__bases__"].__get__(value) if base is not object]
    return {
        "kind": "class", "type": "class", "name": name_of(value), "module": module_of(value), "bases": bases,
        "doc": _first_line(own.get("__doc__")), "members": members[:MEMBERS], "shown": min(len(members), MEMBERS), "total": len(members),
    }


def preview_module(value: types.ModuleType) -> "dict[str, Any]":
    """Name and version."""
    names = types.ModuleType.__getattribute__(value, "__dict__")
    version = names.get("__version__")
    return {"kind": "module", "type": "module", "name": str(names.get("__name__")), "version": version if type(version) is str else None}


def is_function(value: Any) -> bool:
    """What has a signature and is no class."""
    return is_exactly(value, types.FunctionType, types.MethodType, types.BuiltinFunctionType) or (
        root_of(type(value)) == "numpy" and name_of(type(value)) == "ufunc"
    )


def is_class(value: Any) -> bool:
    """Any class, whatever its metaclass."""
    return is_a(value, type)


def _signature(function: types.FunctionType) -> str:
    """As written, defaults as short values: `inspect` would call their `repr`."""
    code, defaults, named = function.__code__, function.__defaults__ or (), function.__kwdefaults__ or {}
    count, keyword = code.co_argcount, code.co_kwonlyargcount
    names = list(code.co_varnames)
    given = dict(zip(names[count - len(defaults) : count], defaults))
    parts = [_parameter(name, given) for name in names[:count]]
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, "/")
    at = count + keyword
    if code.co_flags & 0x04:  # *args
        parts.append("*" + names[at])
        at += 1
    elif keyword:
        parts.append("*")
    parts += [_parameter(name, named) for name in names[count : count + keyword]]
    if code.co_flags & 0x08:  # **kwargs
        parts.append("**" + names[at])
    return f"({', '.join(parts)})"


def _parameter(name: str, defaults: "dict[str, Any]") -> str:
    if name not in defaults:
        return name
    value = defaults[name]
    return f"{name}={str.__repr__(short(value)) if is_a(value, str) else short(value)}"


def _first_line(doc: Any) -> Any:
    lines = doc.strip().splitlines() if type(doc) is str else []
    return cut(lines[0], DOC_CHARS) if lines else None


