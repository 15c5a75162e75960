"""Weak references and containers: they tie to the object they point to, which is stored with them."""

from __future__ import annotations

import weakref
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name


@reduces(weakref.ref)
def reduce_weakref(saver: Any, ref: Any) -> Any:
    o = ref()
    if o is None:
        return dead_ref, ()
    if ref.__callback__ is not None:
        raise Unstorable("a weak reference with a callback")
    return live_ref, (o,)


@stored_name
def live_ref(o: Any) -> Any:
    return weakref.ref(o)


@stored_name
def dead_ref() -> Any:
    return weakref.ref(type("Gone", (), {})())


@reduces(weakref.WeakValueDictionary, weakref.WeakKeyDictionary)
def reduce_weak_dict(saver: Any, d: Any) -> Any:
    return type(d), (), None, None, iter(list(d.items()))


@reduces(weakref.WeakSet)
def reduce_weak_set(saver: Any, s: Any) -> Any:
    return type(s), (list(s),)
