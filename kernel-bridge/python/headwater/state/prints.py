"""A value in short: differs when the value does. Compared within one process only."""

import io
import pickle
import types
from collections.abc import Container
from hashlib import sha256
from typing import Any

MOST_BYTES = 16 << 20
"""Of one value: beyond, as where it cannot be taken apart, only another object counts as a change."""

CODE = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)

DEEP = frozenset({"collections", "datetime", "decimal", "enum", "fractions", "numpy", "pandas", "pathlib", "random", "types", "uuid"})
"""Packages whose instances are compared by what they hold; those of others, which may hold a model or a connection, by identity."""

PLAIN = (bytearray, complex, range, slice, set, frozenset, object)

Print = Any


def print_of(value: Any, modules: Container[str]) -> Print:
    """By content, of instances of classes in `modules` too; by identity where that is too much or fails."""
    counted = _Counted()
    try:
        _Printer(counted, modules).dump(value)
    except Exception:
        return id(value)
    return counted.digest.hexdigest()


class _Printer(pickle.Pickler):
    def __init__(self, counted: "_Counted", modules: Container[str]) -> None:
        # Out of band: an array is looked at where it stands, and not copied first.
        super().__init__(counted, 5, buffer_callback=counted.take)
        self._modules = modules

    def reducer_override(self, o: Any) -> Any:
        """Asked about all but the plainest values."""
        if o is _same:
            return NotImplemented
        module = type(o).__module__
        is_deep = module in self._modules or module.partition(".")[0] in DEEP or type(o) in PLAIN
        return NotImplemented if is_deep and not isinstance(o, CODE) else (_same, (id(o),))


def _same(at: int) -> int:
    """Never called: stands for the object there."""
    return at


class _Counted(io.RawIOBase):
    """Where a pickle goes of which only the digest is wanted."""

    def __init__(self) -> None:
        self.digest, self._rest = sha256(), MOST_BYTES

    def write(self, data: Any) -> int:
        with memoryview(data) as bytes_:
            self._rest -= bytes_.nbytes
            if self._rest < 0:
                raise OverflowError
            self.digest.update(bytes_)
            return bytes_.nbytes

    def take(self, buffer: pickle.PickleBuffer) -> None:
        self.write(buffer.raw())
