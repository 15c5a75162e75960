"""What is built around functions: bound methods, properties, static and class methods, code, partials of `functools`."""

from __future__ import annotations

import functools
import types
from typing import Any

from headwater.values.code import load_code
from headwater.values.reduce.registry import reduces, stored_name


@reduces(types.MethodType)
def reduce_method(saver: Any, method: types.MethodType) -> Any:
    """Function and object: `getattr(o, name)` is wrong where the instance overrides the name, and fails for `__private` ones."""
    return load_method, (method.__func__, method.__self__)


@stored_name
def load_method(f: Any, o: Any) -> types.MethodType:
    return types.MethodType(f, o)


@reduces(types.CodeType)
def reduce_code(saver: Any, code: types.CodeType) -> Any:
    return load_code, (saver.session.codes.record(code),)


@reduces(property)
def reduce_property(saver: Any, p: property) -> Any:
    return property, (p.fget, p.fset, p.fdel, p.__doc__)


@reduces(staticmethod, classmethod)
def reduce_wrapper(saver: Any, wrapper: Any) -> Any:
    copied = ("__wrapped__", *functools.WRAPPER_ASSIGNMENTS)  # from 3.10 on it copies these from its function
    attrs = {name: value for name, value in getattr(wrapper, "__dict__", {}).items() if name not in copied}
    return type(wrapper), (wrapper.__func__,), attrs or None
