"""Code objects as bytes, their source beside them.

Marshal version 2 writes no references between parts, so its bytes depend on the code alone (later versions: on reference counts).
"""

from __future__ import annotations

import marshal
import sys
import types
from typing import Any, Optional

from headwater.values.current import current
from headwater.values.errors import OtherPython
from headwater.values.reduce.registry import stored_name
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
            made = (TAG, marshal.dumps(code, CANONICAL), _own_name(code, qualname), list(code.co_freevars), cut_source(code))
            known = self._records[id(code)] = (code, made)
        return known[1]

    def load(self, record: Record) -> types.CodeType:
        """Raises OtherPython when another Python compiled it and its source does not give it again."""
        tag, data, qualname, free, source = record
        code = marshal.loads(data) if tag == TAG else _recompile(tag, qualname, free, source)
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
