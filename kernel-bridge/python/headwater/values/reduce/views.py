"""Views of something else: of a dict, of a buffer, of a string that a pattern matched, of bytes by a format."""

from __future__ import annotations

import gc
import re
import struct
import types
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name

DICT_VIEWS = {type({}.keys()): "keys", type({}.values()): "values", type({}.items()): "items"}


@reduces(*DICT_VIEWS)
def reduce_dict_view(saver: Any, view: Any) -> Any:
    return dict_view, (DICT_VIEWS[type(view)], gc.get_referents(view)[0])


@stored_name
def dict_view(name: str, d: Any) -> Any:
    return getattr(dict, name)(d)


@reduces(types.MappingProxyType)
def reduce_proxy(saver: Any, proxy: Any) -> Any:
    return mapping_proxy, (gc.get_referents(proxy)[0],)


@stored_name
def mapping_proxy(d: Any) -> Any:
    return types.MappingProxyType(d)


@reduces(memoryview)
def reduce_memoryview(saver: Any, view: memoryview) -> Any:
    whole = memoryview(view.obj)  # type: ignore[arg-type]
    if view.nbytes != whole.nbytes or view.format != whole.format:
        raise Unstorable("a part of a memoryview")
    return memoryview, (view.obj,)


@reduces(struct.Struct)
def reduce_struct(saver: Any, s: struct.Struct) -> Any:
    return struct.Struct, (s.format,)


@reduces(re.Match)
def reduce_match(saver: Any, m: Any) -> Any:
    return load_match, (m.re, m.string, m.pos, m.endpos, m.regs)


@stored_name
def load_match(pattern: Any, string: Any, pos: int, endpos: int, regs: tuple[Any, ...]) -> Any:
    """The same search again, tried in each way that may have given it."""
    for start in (pos, regs[0][0]):
        for search in (pattern.match, pattern.fullmatch, pattern.search):
            m = search(string, start, endpos)
            if m and m.regs == regs:
                return m
    for m in pattern.finditer(string, pos, endpos):
        if m.regs == regs:
            return m
    raise ValueError("a match of a pattern cannot be made again")
