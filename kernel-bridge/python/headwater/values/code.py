"""Code objects as bytes, their source beside them.

Marshal version 2 writes no references between parts, so its bytes depend on the code alone (later versions: on reference counts).
"""

from __future__ import annotations

import marshal
import sys
import types
from typing import Any, Callable, Optional

from headwater.values.current import current
from headwater.values.errors import OtherPython
from headwater.values.reduce.registry import stored_name
from headwater.values.set_order import READABLE, find_recipe, lay_out
from headwater.values.source import cut_source, rebuild_code

CANONICAL = 2
TAG = sys.implementation.cache_tag or f"python-{sys.version_info[0]}{sys.version_info[1]}"
"""Which interpreters can run the bytes: `cpython-311`."""

Record = tuple[str, bytes, str, list[str], Optional[str]]
"""Tag, marshal bytes, qualified name, free variables in order, source if it was at hand."""


class Codes:
    """Records of code objects, made once each, kept as loaded: a function that nobody changed is stored the same again."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[types.CodeType, Record]] = {}
        self._essences: dict[int, tuple[types.CodeType, bytes]] = {}

    def record(self, code: types.CodeType, qualname: str | None = None) -> Record:
        known = self._records.get(id(code))
        if known is None:
            made = (TAG, marshal.dumps(_with_recipes(code), CANONICAL), _own_name(code, qualname), list(code.co_freevars), cut_source(code))
            known = self._records[id(code)] = (code, made)
        return known[1]

    def load(self, record: Record) -> types.CodeType:
        """Raises OtherPython when another Python compiled it and its source does not give it again."""
        tag, data, qualname, free, source = record
        code = _without_recipes(marshal.loads(data)) if tag == TAG else _recompile(tag, qualname, free, source)
        self._records[id(code)] = (code, record)
        return code

    def essence(self, code: types.CodeType) -> bytes:
        """What the code does, wherever it stands: a cell or a line more above it is no change."""
        known = self._essences.get(id(code))
        if known is None:
            known = self._essences[id(code)] = (code, marshal.dumps(_without_place(code), CANONICAL))
        return known[1]


def _own_name(code: types.CodeType, qualname: str | None) -> str:
    """Not the function's where that is another's: `functools.wraps` copies it."""
    own = getattr(code, "co_qualname", qualname)  # 3.11
    return own if own and own.rpartition(".")[2] == code.co_name else code.co_name


def _without_place(code: types.CodeType) -> types.CodeType:
    constants = tuple(_without_place(c) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    return code.replace(co_filename="", co_firstlineno=1, co_consts=constants)


ORDERED = StopIteration
"""Stands before the recipe of a frozenset: marshal writes it, and no constant of a person's code holds it."""


def _with_recipes(code: types.CodeType) -> types.CodeType:
    """`for x in {'a', 'b'}` loops over a frozenset among the constants, and marshal keeps no order."""
    return _map_constants(code, lambda c: (ORDERED, *find_recipe(c)) if READABLE and type(c) is frozenset and len(c) > 1 else c)


def _without_recipes(code: types.CodeType) -> types.CodeType:
    return _map_constants(code, lambda c: _lay_out(*c[1:]) if type(c) is tuple and c and c[0] is ORDERED else c)


def _lay_out(order: tuple[Any, ...], *recipe: Any) -> frozenset[Any]:
    made = frozenset(order)
    lay_out(made, order, *recipe)
    return made


def _map_constants(code: types.CodeType, change: Callable[[Any], Any]) -> types.CodeType:
    """Down into the functions and classes inside it; the same object where nothing changes."""
    constants = tuple(_map_constants(c, change) if isinstance(c, types.CodeType) else change(c) for c in code.co_consts)
    same = all(new is old for new, old in zip(constants, code.co_consts))
    return code if same else code.replace(co_consts=constants)


def _recompile(tag: str, qualname: str, free: list[str], source: str | None) -> types.CodeType:
    if source is None:
        raise OtherPython(qualname, tag, TAG, "its source was not stored")
    code = rebuild_code(qualname, free, source)
    if code is None:
        raise OtherPython(qualname, tag, TAG, "its source alone does not give it again")
    return code


@stored_name
def load_code(record: Any) -> types.CodeType:
    return current().codes.load(record)
