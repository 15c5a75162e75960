"""A namespace as plain data: values, types, and which places are one and the same object. Runs no code of the person's."""

from __future__ import annotations

import _abc  # type: ignore[import-not-found]
import builtins
import enum
import gc
import hashlib
import io
import queue
import sys
import threading
import types
import typing
import weakref
from collections import OrderedDict, deque
from typing import Any

from headwater.values.set_order import READABLE

ATOMS = (type(None), bool, int, float, complex, str, bytes, range, type(Ellipsis), type(NotImplemented))
BY_VALUE = {"datetime", "decimal", "fractions", "uuid", "pathlib", "pathlib._local"}
"""Immutable: their identity is not promised."""

LOCKS = (type(threading.Lock()), type(threading.RLock()))
WEAK_DICTS = (weakref.WeakValueDictionary, weakref.WeakKeyDictionary)
HEAP_TYPE = 1 << 9
SHAPELESS = (types.MemberDescriptorType, types.GetSetDescriptorType)
HIDDEN = {"__dict__", "__weakref__", "_abc_impl", "__module__", "__slots__", "__slotnames__"}


def describe(namespace: dict[str, Any], names: list[str], main: dict[str, Any]) -> list[Any]:
    """One node a line: objects are numbered in order of discovery, so equal lists mean equal graphs."""
    return Walk(main).run(namespace, names)


class Walk:
    def __init__(self, main: dict[str, Any]) -> None:
        self.main, self.numbers, self.todo = main, {}, deque()
        self.kept: list[Any] = []

    def run(self, namespace: dict[str, Any], names: list[str]) -> list[Any]:
        nodes: list[Any] = [[name, self.see(namespace[name])] for name in sorted(names)]
        while self.todo:
            number, o = self.todo.popleft()
            nodes.append([number, self.node(o)])
        return nodes

    def see(self, o: Any) -> Any:
        """An atom by value, a tuple by its parts, anything else as a number."""
        kind = type(o)
        if kind is float and o != o:
            return self.number(o)
        if kind in ATOMS:
            return f"{kind.__name__} {o!r}"
        if kind is tuple and id(o) not in self.numbers:
            return ["tuple", *map(self.see, o)] if len(self.todo) < 100_000 else self.number(o)
        if kind.__module__ in BY_VALUE:
            return f"{kind.__name__} {o!r}"
        if kind is frozenset:
            return ["frozenset", *_in_order(o)]
        if isinstance(o, types.ModuleType):
            return f"module {o.__name__}"
        if o is self.main:
            return "the namespace"
        if o is vars(builtins):
            return "builtins"
        for name in ("stdout", "stderr", "stdin", "path", "modules"):
            if o is getattr(sys, name):
                return f"sys.{name}"
        return self.number(o)

    def number(self, o: Any) -> str:
        if id(o) not in self.numbers:
            self.numbers[id(o)] = len(self.numbers)
            self.kept.append(o)
            self.todo.append((self.numbers[id(o)], o))
        return f"#{self.numbers[id(o)]}"

    def node(self, o: Any) -> Any:
        kind = type(o)
        for test, describe_it in KINDS:
            if test(o):
                return [kind.__qualname__, *describe_it(self, o)]
        return self.instance(o)

    def instance(self, o: Any) -> Any:
        kind = type(o)
        if kind is OrderedDict:
            return [kind.__qualname__, *map(self.see, o.items())]
        if hasattr(kind, "__next__") and not kind.__flags__ & HEAP_TYPE:
            return ["iterator", *self.reduced(o)]
        parts: list[Any] = [self.see(kind)]
        for base in (list, tuple, set, deque):
            if isinstance(o, base):
                parts += map(self.see, base.__iter__(o))  # type: ignore[arg-type]
        if isinstance(o, dict):
            parts += map(self.see, dict.items(o))
        for base in (int, float, complex, str, bytes):
            if isinstance(o, base):
                parts.append(repr(base.__getnewargs__(o)[0]))  # type: ignore[attr-defined]
        attributes = object.__getattribute__(o, "__dict__") if hasattr(kind, "__dict__") and _has_dict(o) else None
        if attributes:
            parts += ([self.see(name), self.see(value)] for name, value in attributes.items())
        for c in kind.__mro__:
            for name, member in vars(c).items():
                if type(member) is types.MemberDescriptorType and c.__flags__ & HEAP_TYPE and name[:2] != "__":
                    try:
                        parts.append([name, self.see(member.__get__(o))])
                    except AttributeError:
                        parts.append([name, "unset"])
        if len(parts) == 1 and attributes is None and not kind.__flags__ & HEAP_TYPE:
            parts += self.reduced(o)
        return [kind.__qualname__, *parts]

    def reduced(self, o: Any) -> list[Any]:
        """Iterators and such of C: what pickle would take of them."""
        try:
            got = o.__reduce_ex__(4)
        except Exception:
            return ["cannot be looked into"]
        if not isinstance(got, tuple):
            return [got]
        if got[0] is iter and not got[1][0]:
            return ["an iterator at its end"]
        return [self.see(part) if not isinstance(part, tuple) else [self.see(p) for p in part] for part in got]


def _has_dict(o: Any) -> bool:
    try:
        object.__getattribute__(o, "__dict__")
    except AttributeError:
        return False
    return True


def _file(look: Any, o: Any) -> list[Any]:
    return [o.closed, str(getattr(o, "name", None)).rpartition("/")[2], getattr(o, "mode", None)]


def _in_order(o: frozenset[Any]) -> list[str]:
    """Elements that are known by their address have none."""
    has_none = any(type(e).__hash__ is object.__hash__ for e in o)
    return sorted(map(repr, o)) if has_none or not READABLE else [*map(repr, o)]


def _code(code: types.CodeType) -> Any:
    def constant(c: Any) -> Any:
        return _code(c) if isinstance(c, types.CodeType) else _in_order(c) if isinstance(c, frozenset) else repr(c)

    place = code.co_name, code.co_filename, code.co_firstlineno
    return [*place, code.co_varnames, code.co_names, hashlib.md5(code.co_code).hexdigest(), *map(constant, code.co_consts)]


def _function(walk: Walk, f: Any) -> list[Any]:
    if f.__globals__ is not walk.main and getattr(sys.modules.get(f.__module__), f.__qualname__, None) is f:
        return ["library", f.__module__]
    space = f.__globals__
    where = "module" if vars(sys.modules.get(space.get("__name__"), types)) is space else walk.see(space)
    cells = [walk.see(c) for c in f.__closure__ or ()]
    rest = (f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__doc__, dict(vars(f)))
    return [f.__module__, f.__qualname__, _code(f.__code__), where, cells, *map(_loose(walk), rest)]


def _loose(walk: Walk) -> Any:
    """A dict by its items: the dict itself is made anew each time it is asked for."""
    return lambda o: [[walk.see(k), walk.see(v)] for k, v in o.items()] if isinstance(o, dict) else walk.see(o)


def _class(walk: Walk, cls: Any) -> list[Any]:
    if not cls.__flags__ & HEAP_TYPE or (cls.__module__ != "__main__" and _found(cls)):
        return ["library", f"{cls.__module__}.{cls.__qualname__}"]
    entries = [
        [name, walk.see(value) if name != "_value2member_map_" else _by_value(cls, value)]
        for name, value in vars(cls).items()
        if name not in HIDDEN and not (type(value) in SHAPELESS and value.__objclass__ is cls)
    ]
    registered = sorted(f"{r().__module__}.{r().__qualname__}" for r in _abc._get_dump(cls)[0] if r()) if hasattr(cls, "_abc_impl") else []
    return [cls.__module__, cls.__qualname__, walk.see(type(cls)), [walk.see(b) for b in cls.__bases__], entries, registered]


def _by_value(cls: Any, members: Any) -> list[str]:
    """Without combinations of flags, which come and go."""
    return [f"{value!r} {m._name_}" for value, m in members.items() if m._name_ in cls._member_map_]


def _found(cls: Any) -> bool:
    o: Any = sys.modules.get(cls.__module__)
    for part in cls.__qualname__.split("."):
        o = getattr(o, part, None)
    return o is cls or not str(getattr(sys.modules.get(cls.__module__), "__file__", "")).endswith(".py")


def _cell(walk: Walk, cell: Any) -> list[Any]:
    try:
        return [walk.see(cell.cell_contents)]
    except ValueError:
        return ["empty"]


def _array(walk: Walk, a: Any) -> list[Any]:
    base = _memory_of(a)
    over = walk.see(base) if isinstance(base, (type(a), bytearray)) else walk.see(base.obj) if isinstance(base, memoryview) else None
    content = [walk.see(e) for e in a.ravel().tolist()] if a.dtype.hasobject else hashlib.md5(a.tobytes()).hexdigest()
    return [str(a.dtype), a.shape, a.flags.writeable, a.strides if a.size > 1 else None, content, over]


def _memory_of(a: Any) -> Any:
    """The end of the chain of bases, through what `as_strided` puts between; for bytes what looks at them."""
    base = a.base
    while type(base).__name__ == "DummyArray" or (isinstance(base, type(a)) and _goes_on(base.base, type(a))):
        base = base.base
    return base


def _goes_on(base: Any, kind: type) -> bool:
    return isinstance(base, (kind, memoryview)) or type(base).__name__ == "DummyArray"


def _frame(walk: Walk, df: Any) -> list[Any]:
    columns = [_series(walk, df.iloc[:, i]) for i in range(df.shape[1])]
    return [str(df.columns.tolist()), str(df.index.tolist()), str(df.attrs), columns]


def _series(walk: Walk, s: Any) -> list[Any]:
    return [str(s.name), str(s.dtype), str(s.index.tolist()), str(s.tolist())]


def _drawn(walk: Walk, o: Any) -> list[Any]:
    """A figure by its picture and axes; a part of one by its figure. Flags of what has to be drawn again are nobody's."""
    if type(o).__name__ != "Figure":
        return [type(o).__name__, walk.see(getattr(o, "figure", None))]
    picture = io.BytesIO()
    o.savefig(picture, format="png", metadata={"Software": None})
    return [o.get_size_inches().tolist(), o.dpi, hashlib.md5(picture.getvalue()).hexdigest(), [walk.see(ax) for ax in o.axes]]


def _buffer(walk: Walk, o: Any) -> list[Any]:
    if o.closed:
        return ["closed"]
    text, place = o.getvalue(), o.tell()
    # What stands before the place and after it, not its number: an address in it may be written shorter in another process.
    return [repr(text[:place]), repr(text[place:]), max(0, place - len(text))]


def _exception(walk: Walk, e: Any) -> list[Any]:
    attributes = [[name, walk.see(value)] for name, value in vars(e).items()]
    return [walk.see(type(e)), walk.see(e.args), attributes, walk.see(e.__cause__), walk.see(e.__context__), e.__suppress_context__]


def _member(walk: Walk, m: Any) -> list[Any]:
    own = [repr(value) for name, value in sorted(vars(m).items()) if name[0] != "_"]
    return [walk.see(type(m)), m._name_, repr(m._value_), *own]


def _text(walk: Walk, o: Any) -> list[Any]:
    text = str(o)
    return ["" if "0x" in text else text]


def _lru(walk: Walk, f: Any) -> list[Any]:
    return [walk.see(f.__wrapped__), f.cache_info().currsize, f.cache_info().maxsize]


def _is(*modules: str, name: str) -> Any:
    return lambda o: type(o).__name__ == name and str(type(o).__module__).split(".")[0] in modules


KINDS = (
    (lambda o: isinstance(o, type), _class),
    (lambda o: isinstance(o, enum.Enum), _member),
    (lambda o: type(o) in (list, set), lambda w, o: list(map(w.see, o))),
    (lambda o: type(o) is tuple, lambda w, o: list(map(w.see, o))),
    (lambda o: type(o) is dict, lambda w, o: [[w.see(k), w.see(v)] for k, v in o.items()]),
    (lambda o: type(o) is bytearray, lambda w, o: [bytes(o).hex()]),
    (lambda o: type(o) is float, lambda w, o: ["nan"]),
    (lambda o: type(o) is types.FunctionType, _function),
    (lambda o: type(o) is types.BuiltinFunctionType, lambda w, o: [o.__name__, w.see(o.__self__)]),
    (lambda o: type(o) is types.MethodType, lambda w, o: [w.see(o.__func__), w.see(o.__self__)]),
    (lambda o: type(o) is types.CellType, _cell),
    (lambda o: type(o) is types.CodeType, lambda w, o: [_code(o)]),
    (lambda o: type(o) is property, lambda w, o: [w.see(o.fget), w.see(o.fset), w.see(o.fdel)]),
    (lambda o: type(o) in (staticmethod, classmethod), lambda w, o: [w.see(o.__func__)]),
    (lambda o: type(o) is types.MappingProxyType, lambda w, o: [w.see(gc.get_referents(o)[0])]),
    (lambda o: type(o) in (type({}.keys()), type({}.items()), type({}.values())), lambda w, o: [w.see(gc.get_referents(o)[0])]),
    (lambda o: type(o) is weakref.ref, lambda w, o: [w.see(o())]),
    (lambda o: type(o) is weakref.WeakSet, lambda w, o: sorted(map(w.see, o))),
    (
        lambda o: type(o) in (weakref.WeakValueDictionary, weakref.WeakKeyDictionary),
        lambda w, o: [[w.see(k), w.see(v)] for k, v in o.items()],
    ),
    (lambda o: isinstance(o, LOCKS), lambda w, o: []),
    (lambda o: type(o) is queue.SimpleQueue, lambda w, o: [o.qsize()]),
    (lambda o: isinstance(o, types.GeneratorType), lambda w, o: []),
    (lambda o: isinstance(o, io.IOBase) and not isinstance(o, (io.StringIO, io.BytesIO)), _file),
    (lambda o: type(o) is typing.TypeVar, lambda w, o: [o.__name__, repr(o.__bound__), len(o.__constraints__)]),
    (lambda o: hasattr(type(o), "cache_parameters") and type(o).__name__ == "_lru_cache_wrapper", _lru),
    (lambda o: isinstance(o, BaseException), _exception),
    (lambda o: type(o) in (io.StringIO, io.BytesIO), _buffer),
    (lambda o: str(type(o).__module__).split(".")[0] == "matplotlib", _drawn),
    (_is("numpy", name="ndarray"), _array),
    (_is("pandas", name="DataFrame"), _frame),
    (_is("pandas", name="Series"), _series),
    (lambda o: str(type(o).__module__).startswith("pandas.core.indexes"), lambda w, o: [str(o.tolist()), str(o.names)]),
    (lambda o: str(type(o).__module__).startswith(("pandas", "sklearn", "re", "zoneinfo", "numpy.random")), _text),
    (lambda o: type(o).__module__ in ("typing", "types"), lambda w, o: [repr(o)]),
    (lambda o: type(o).__module__ in ("threading", "logging"), lambda w, o: []),
)
