"""Does sharing an object tie two names together? Not when it can neither change nor be told apart."""

from __future__ import annotations

import abc
import enum
import pickle
import sys
import types
from typing import Any

ATOMS = {
    *(type(None), bool, int, float, complex, str, bytes, tuple, frozenset, range, slice, type(Ellipsis), type(NotImplemented)),
    *(type, abc.ABCMeta, enum.EnumMeta, types.FunctionType, types.BuiltinFunctionType, types.ModuleType, types.CodeType, types.CellType),
    *(types.MethodType, types.GetSetDescriptorType, types.WrapperDescriptorType, types.MethodDescriptorType, pickle.PickleBuffer),
}
"""Immutable, or a unit or a library's own: referring to one ties nothing, what it holds may."""

ATOM_MODULES = {"datetime", "decimal", "fractions", "uuid", "pathlib", "re", "typing", "zoneinfo", "ipaddress", "_struct", "pathlib._local"}

KEPT_LENGTH = 4096
"""Characters or bytes up to which a loaded value is kept alive, to know it for certain when it is seen again."""


class Links:
    """Decided once a type."""

    def __init__(self) -> None:
        self._ties: dict[type, bool] = {}

    def ties(self, o: Any) -> bool:
        kind = type(o)
        known = self._ties.get(kind)
        if known is None:
            known = self._ties[kind] = not _is_inert(o)
        return known


def _is_inert(o: Any) -> bool:
    kind = type(o)
    if kind in ATOMS or isinstance(o, (type, enum.Enum)) or kind.__module__ in ATOM_MODULES:
        return True
    # Types of Cython's functions have a descriptor there, which stands for the module of each function.
    if not str(kind.__module__).startswith("numpy") or "numpy" not in sys.modules:
        return False
    np = sys.modules["numpy"]  # without dtypes among them, all float arrays would be one group
    return isinstance(o, (np.dtype, np.generic, np.ufunc))


def is_harmless(o: Any) -> bool:
    """Can be kept alive without anybody noticing."""
    kind = type(o)
    if kind in (int, float, bool, complex, type(None), types.ModuleType):
        return True
    return kind in (str, bytes) and len(o) <= KEPT_LENGTH
