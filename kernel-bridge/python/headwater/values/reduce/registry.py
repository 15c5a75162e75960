"""Who reduces which type, and the names that stored pickles call when they are loaded."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

Reducer = Callable[[Any, Any], Any]
"""`(saver, object)` → what `__reduce__` may return, or NotImplemented for pickle's own way."""

BY_TYPE: dict[type, Reducer] = {}
BY_NAME: dict[str, Reducer] = {}
"""Qualified name of a class → its reducer, for libraries that may not be imported; subclasses in libraries are included."""

MAKERS: dict[str, Any] = {}
"""The vocabulary of stored pickles. A name here is part of the store's format: it never changes and never goes away."""

F = TypeVar("F", bound=Callable[..., Any])


def register(kind: type | str, reducer: Reducer) -> None:
    """Store instances of exactly `kind` by `reducer`; a type that need not be imported here by name, "torch.Tensor"."""
    if isinstance(kind, str):
        BY_NAME[kind] = reducer
    else:
        BY_TYPE[kind] = reducer


def reduces(*kinds: type | str) -> Callable[[F], F]:
    """Decorates a reducer with what it is for."""

    def decorate(reducer: F) -> F:
        for kind in kinds:
            register(kind, reducer)
        return reducer

    return decorate


def stored_name(maker: F) -> F:
    """Decorates a function or class that stored pickles call: it goes by its bare name, so that our files can be moved about."""
    maker.__module__ = "headwater.values.makers"
    MAKERS[maker.__name__] = maker
    return maker


def native(saver: Any, o: Any) -> Any:
    """Pickle's own way."""
    return NotImplemented
