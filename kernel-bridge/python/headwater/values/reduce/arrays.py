"""NumPy arrays: each is an owner of memory, or a view of one. The owner is an object of its own, so views stay views of it."""

from __future__ import annotations

import importlib
import pickle
import sys
from typing import Any

from headwater.values.current import current
from headwater.values.reduce.memory_maps import reduce_map
from headwater.values.reduce.registry import reduces, stored_name


@reduces("numpy.ndarray")
def reduce_array(saver: Any, a: Any) -> Any:
    """Pickle's own way for object arrays, classes with a way of their own, and memory that belongs to something unknown: their
    views become copies.
    """
    np = sys.modules["numpy"]
    top = _owner(a, np)
    if isinstance(top, np.memmap) and top._mmap is not None and (a is top or top.mode != "r"):
        return reduce_map(top)
    if type(a) is np.ndarray:
        return _reduce_plain(saver, a, np)
    if not _is_simple(type(a), np) or a.dtype.hasobject:
        return NotImplemented
    plain = _reduce_plain(saver, a, np)
    if plain is NotImplemented:
        return NotImplemented
    return load_kind, (type(a), *plain), dict(vars(a)), None, None, set_attributes


def is_array(kind: type) -> bool:
    """A subclass of NumPy's array."""
    return "numpy" in sys.modules and issubclass(kind, sys.modules["numpy"].ndarray)


def _is_simple(kind: type, np: Any) -> bool:
    """Stored as an array and attributes, which pickle's own way forgets: subclasses without one of their own. A masked array has one,
    but it fills in what was left open.
    """
    ways = ("__reduce__", "__reduce_ex__", "__setstate__")
    return kind is np.ma.MaskedArray or all(getattr(kind, way, None) is getattr(np.ndarray, way, None) for way in ways)


def _reduce_plain(saver: Any, a: Any, np: Any) -> Any:
    if a.dtype.hasobject:
        return _reduce_objects(a, np)
    top = _owner(a, np)
    if top.dtype.hasobject or not (type(top) is np.ndarray or _is_simple(type(top), np)) or not top.flags.forc:
        return NotImplemented
    if top is not a:
        return load_view, (top, *_layout(a), _address(a) - _address(top), a.flags.writeable)
    if a.base is not None and not saver.session.buffers.is_map(a.base):
        memory = a.base.obj if type(a.base) is memoryview else a.base
        if type(memory) not in (bytearray, bytes):
            return NotImplemented
        return load_view, (memory, *_layout(a), _address(a) - _address(np.frombuffer(memory, "u1")), a.flags.writeable)
    order = "C" if a.flags.c_contiguous else "F"
    return load_owner, (_bytes(a, order), a.dtype, a.shape, order, a.flags.writeable)


def _reduce_objects(a: Any, np: Any) -> Any:
    """Arrays of objects keep their views too; records with objects inside go pickle's own way."""
    top = _owner(a, np)
    if a.dtype != object or top.dtype != object or type(top) is not np.ndarray or top.base is not None or not top.flags.forc:
        return NotImplemented
    if top is not a:
        return load_view, (top, *_layout(a), _address(a) - _address(top), a.flags.writeable)
    order = "C" if a.flags.c_contiguous else "F"
    return load_objects, (a.shape, order), (tuple(_flat(a, order)), a.flags.writeable), None, None, fill_objects


def _flat(a: Any, order: str) -> Any:
    return (a if order == "C" else a.T).reshape(-1)


def _owner(a: Any, np: Any) -> Any:
    """The array at the end of the chain of bases, through what `as_strided` puts between."""
    while True:
        base = a.base.base if type(a.base).__name__ == "DummyArray" else a.base
        if not isinstance(base, np.ndarray):
            return a
        a = base


def _layout(a: Any) -> tuple[Any, ...]:
    return a.dtype, a.shape, a.strides


def _address(a: Any) -> int:
    return a.__array_interface__["data"][0]


def _plain(a: Any) -> Any:
    return sys.modules["numpy"].ndarray.view(a, sys.modules["numpy"].ndarray)


def _bytes(a: Any, order: str) -> Any:
    if not a.nbytes:
        return b""
    writeable, a.flags.writeable = a.flags.writeable, True  # a read-only buffer would come back as a read-only memoryview
    flat = _plain(a if order == "C" else a.T).reshape(-1).view("u1")
    a.flags.writeable = writeable
    return pickle.PickleBuffer(flat)


@stored_name
def load_kind(kind: type, make: Any, args: Any) -> Any:
    """An instance of a subclass of the array over what `make` gives."""
    np = importlib.import_module("numpy")
    return np.ndarray.view(make(*args), kind)


@stored_name
def set_attributes(a: Any, attributes: dict[str, Any]) -> None:
    """Exactly these."""
    vars(a).clear()
    vars(a).update(attributes)


@stored_name
def load_owner(buffer: Any, dtype: Any, shape: Any, order: str, writeable: bool) -> Any:
    np = importlib.import_module("numpy")
    if current().buffers.is_map(buffer):
        a = np.ndarray(shape, dtype, buffer, order=order)
    else:
        a = np.empty(shape, dtype, order=order)
        if a.nbytes:
            (a if order == "C" else a.T).reshape(-1).view("u1")[:] = np.frombuffer(buffer, "u1")
    a.flags.writeable = writeable
    return a


@stored_name
def load_objects(shape: Any, order: str) -> Any:
    """Empty: an element may lead back to its array."""
    return importlib.import_module("numpy").empty(shape, object, order=order)


@stored_name
def fill_objects(a: Any, state: tuple[tuple[Any, ...], bool]) -> None:
    """The elements, one by one: a list among them is an element."""
    elements, writeable = state
    flat = _flat(a, "C" if a.flags.c_contiguous else "F")
    for at, element in enumerate(elements):
        flat[at] = element
    a.flags.writeable = writeable


@stored_name
def load_view(memory: Any, dtype: Any, shape: Any, strides: Any, offset: int, writeable: bool) -> Any:
    np = importlib.import_module("numpy")
    if not isinstance(memory, np.ndarray):
        view = _view_of_bytes(np, memory, dtype, shape, strides, offset)
    else:
        locked = not memory.flags.writeable
        if locked:  # a view made before its owner was locked can still be written to
            memory.flags.writeable = True
        in_order = memory if memory.flags.c_contiguous else memory.T  # the buffer protocol wants C order
        if dtype.hasobject:  # its memory is no buffer
            start = in_order.reshape(-1)[offset // dtype.itemsize :]
            view = np.lib.stride_tricks.as_strided(start, shape, strides)
        else:
            view = np.ndarray(shape, dtype, in_order, offset, strides)
        if locked:
            memory.flags.writeable = False
    if not writeable:
        view.flags.writeable = False
    return view


def _view_of_bytes(np: Any, memory: Any, dtype: Any, shape: Any, strides: Any, offset: int) -> Any:
    """`np.ndarray(…, memory)` would not keep a `bytearray` from growing away under the array; `frombuffer` does."""
    if len(shape) == 1 and shape[0] and strides == (dtype.itemsize,):
        return np.frombuffer(memory, dtype, shape[0], offset)
    return np.ndarray(shape, dtype, np.frombuffer(memory, "u1"), offset, strides)
