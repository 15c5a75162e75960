"""Which names of the namespace a function refers to."""

from __future__ import annotations

import dis
import types
from collections.abc import Container, Iterator

BY_NAME = {"LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "DELETE_GLOBAL", "DELETE_NAME"}


class GlobalNames:
    """Found once a code object: disassembling is slow."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[types.CodeType, set[str]]] = {}

    def of(self, code: types.CodeType, among: Container[str]) -> set[str]:
        """Those `among` a set that `code` and the code inside it refer to as globals; attributes share its list of names."""
        if not any(name in among for inner in _with_inner(code) for name in inner.co_names):
            return set()
        known = self._known.get(id(code))
        if known is None:
            found = {i.argval for inner in _with_inner(code) for i in dis.get_instructions(inner) if i.opname in BY_NAME}
            known = self._known[id(code)] = (code, found)
        return {name for name in known[1] if name in among}


def _with_inner(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _with_inner(constant)
