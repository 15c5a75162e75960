"""`functools.lru_cache` with what it remembers. Counts of hits are not kept.

The cache itself is among the wrapper's referents. Without a bound it is a dict of answers. With one, its answers are hidden in links:
they are asked for (a hit), and put back by calling the new wrapper while its function's code is swapped for one that gives them.
"""

from __future__ import annotations

import functools
import gc
import types
from typing import Any

from headwater.values.reduce.registry import reduces, stored_name

COPIED = ("cache_parameters", "__wrapped__")


@reduces(functools._lru_cache_wrapper)
def reduce_lru(saver: Any, wrapper: Any) -> Any:
    given = wrapper.cache_parameters()
    cache, mark = _cache_of(wrapper), _keyword_mark()
    items: list[Any]
    if given["maxsize"] is None:
        items = [(_portable(key, mark), value) for key, value in cache.items()]
    else:
        calls = [_split(key, mark, given["typed"]) for key in list(cache)]
        items = [(args, keywords, wrapper(*args, **keywords)) for args, keywords in calls]
    attrs = {name: value for name, value in vars(wrapper).items() if name not in COPIED}
    return make_lru, (wrapper.__wrapped__, given["maxsize"], given["typed"]), (items, attrs), None, None, set_lru


_KEYWORDS = "\0keywords"
"""Stands for the mark between positional and keyword arguments, an `object()` of the process."""


@stored_name
def make_lru(f: Any, maxsize: Any, typed: bool) -> Any:
    return functools.lru_cache(maxsize, typed)(f)


@stored_name
def set_lru(wrapper: Any, state: tuple[list[Any], dict[str, Any]]) -> None:
    items, attrs = state
    vars(wrapper).update(attrs)
    if wrapper.cache_parameters()["maxsize"] is None:
        mark = _keyword_mark()
        _cache_of(wrapper).update((_own(key, mark), value) for key, value in items)
    else:
        _refill(wrapper, items)


def _portable(key: Any, mark: Any) -> Any:
    """A key as a list says that it holds the mark."""
    return [_KEYWORDS if k is mark else k for k in key] if type(key) is tuple and any(k is mark for k in key) else key


def _own(key: Any, mark: Any) -> Any:
    return tuple(mark if type(k) is str and k == _KEYWORDS else k for k in key) if type(key) is list else key


def _refill(wrapper: Any, items: list[Any]) -> None:
    f = wrapper.__wrapped__
    if type(f) is not types.FunctionType or f.__code__.co_freevars:  # code with free variables takes no other code
        return
    kept = f.__code__, f.__defaults__, f.__kwdefaults__
    answers = iter([value for _, _, value in items])

    def give(*args: Any, __answers: Any = answers, **keywords: Any) -> Any:
        return next(__answers)

    f.__code__, f.__defaults__, f.__kwdefaults__ = give.__code__, None, give.__kwdefaults__
    try:
        for args, keywords, _ in items:
            wrapper(*args, **keywords)
    finally:
        f.__code__, f.__defaults__, f.__kwdefaults__ = kept


def _cache_of(wrapper: Any) -> dict[Any, Any]:
    return next((d for d in gc.get_referents(wrapper) if type(d) is dict and d is not vars(wrapper)), {})


def _keyword_mark() -> Any:
    """The one `object()` that all caches of this process put before keyword arguments."""

    @functools.lru_cache(None)
    def probe(**keywords: Any) -> None:
        return None

    probe(a=1)
    return next(iter(_cache_of(probe)))[0]


def _split(key: Any, mark: Any, typed: bool) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """A cache's key back into arguments: positional, mark, name, value, name, value …, and with `typed` the types of all values."""
    if type(key) is not tuple:
        return (key,), {}
    at = next((i for i, k in enumerate(key) if k is mark), len(key))
    args, rest = key[:at], key[at + 1 :]
    if typed and at == len(key):
        return key[: len(key) // 2], {}
    if typed:  # the rest holds 2k names and values, then the types of n positional and k named ones
        count = (len(rest) - len(args)) // 3
        rest = rest[: 2 * count]
    return args, dict(zip(rest[::2], rest[1::2]))
