"""Classes and instances."""

from __future__ import annotations

from tests.values.helpers.maker import Maker, feature


@feature
def plain_class(m: Maker) -> str:
    name = m.old("class") if m.rng.random() < 0.2 else ""
    name, old = name or m.new("class"), m.old("list") or "[]"
    return f"class {name}:\n    items = {old}\n    total = 0\n    def __init__(self, v={m.n()}):\n        self.v = v\n    def get(self):\n        return self.v\n    def add(self, x):\n        self.items.append(x); {name}.total += 1"  # noqa: E501


@feature
def subclass(m: Maker) -> str:
    base = m.old("class")
    return f"class {m.new('class')}({base}):\n    def get(self):\n        return ['sub', super().get()]" if base else ""


@feature
def dataclass(m: Maker) -> str:
    frozen = m.rng.choice(["", "(order=True)", "(frozen=True)"])
    name = m.new("class")
    return f"from dataclasses import dataclass, field\n@dataclass{frozen}\nclass {name}:\n    v: int = {m.n()}\n    l: list = field(default_factory=list)\n    def get(self):\n        return self.v"  # noqa: E501


@feature
def slots_class(m: Maker) -> str:
    name = m.new("slotted")
    return f"class _S:\n    __slots__ = ('a', 'b')\n{name} = _S()\n{name}.a = {m.any_value()}"


@feature
def hashed_class(m: Maker) -> str:
    a, s = m.new("hashed"), m.new("set")
    return f"class _H:\n    def __init__(self, k):\n        self.k = k; self.peers = set()\n    def __hash__(self):\n        return hash(self.k)\n    def __eq__(self, o):\n        return self.k == o.k\n    def __repr__(self):\n        return f'H{{self.k}}'\n{a} = _H({m.n()})\n{s} = {{{a}, _H(99)}}\n{a}.peers.add(_H(5))\nnext(iter({a}.peers)).peers.add({a})"  # noqa: E501


@feature
def init_subclass(m: Maker) -> str:
    log, base, sub = m.new("list"), m.new("class"), m.new("class")
    return f"{log} = []\nclass {base}:\n    def __init_subclass__(cls, **k):\n        {log}.append(cls.__name__)\n    def get(self):\n        return 0\nclass {sub}({base}):\n    pass"  # noqa: E501


@feature
def metaclass(m: Maker) -> str:
    name = m.new("class")
    return f"class _M(type):\n    seen = []\n    def __new__(mcs, n, b, d):\n        mcs.seen.append(n); return super().__new__(mcs, n, b, d)\nclass {name}(metaclass=_M):\n    def get(self):\n        return len(_M.seen)"  # noqa: E501


@feature
def abstract(m: Maker) -> str:
    name = m.new("class")
    return f"import abc\nclass _A(abc.ABC):\n    @abc.abstractmethod\n    def get(self): ...\nclass {name}(_A):\n    def get(self):\n        return isinstance(self, _A)\n_A.register(dict)"  # noqa: E501


@feature
def generic(m: Maker) -> str:
    name = m.new("class")
    return f"from typing import Generic, TypeVar\nT = TypeVar('T')\nclass {name}(Generic[T]):\n    def __init__(self, v: T = None):\n        self.v = v\n    def get(self):\n        return self.__class__.__parameters__[0] is T"  # noqa: E501


@feature
def new_instance(m: Maker) -> str:
    cls = m.old("class")
    return f"{m.new('instance')} = {cls}()" if cls else ""


@feature
def change_instance(m: Maker) -> str:
    old = m.old("instance")
    return f"try:\n    {old}.extra = {m.any_value()}\nexcept AttributeError:\n    pass" if old else ""


@feature
def cycle(m: Maker) -> str:
    a, b = m.old("instance"), m.old("instance")
    return f"try:\n    {a}.friend = {b}; {b}.friend = {a}\nexcept AttributeError:\n    pass" if a and b else ""


@feature
def change_class(m: Maker) -> str:
    old = m.old("class")
    how = m.rng.choice(
        ["{}.mark = getattr({}, 'mark', 0) + 1", "{}.extra = lambda self: 1", "{}.prop = property(lambda self: 5)", "{}.shared = {}"]
    )
    return how.format(old, old if "getattr" in how else m.any_value()) if old else ""


@feature
def patch_instance(m: Maker) -> str:
    old = m.old("instance")
    return f"try:\n    {old}.get = lambda: 'patched'\nexcept AttributeError:\n    pass" if old else ""


@feature
def enumeration(m: Maker) -> str:
    name = m.new("enum")
    return f"import enum\nclass {name}(enum.{m.rng.choice(['Enum', 'IntEnum', 'Flag'])}):\n    A = 1\n    B = 2\n    def twice(self):\n        return self.value * 2\n{m.new('member')} = {name}.B"  # noqa: E501


@feature
def subclassed_containers(m: Maker) -> str:
    base = m.rng.choice(["list", "dict", "set"])
    return f"class _C({base}):\n    def __init__(self, *a):\n        print('init'); super().__init__(*a)\n{m.new('container')} = _C()"


@feature
def weak(m: Maker) -> str:
    old = m.old("instance")
    return f"import weakref\n{m.new('weak')} = weakref.ref({old})" if old else ""


@feature
def finalizer(m: Maker) -> str:
    name = m.new("final")
    return f"class _F:\n    def __init__(self, n):\n        self.n = n\n    def __del__(self):\n        print('bye', self.n)\n{name} = _F({m.n()})"


@feature
def let_go(m: Maker) -> str:
    old = m.old("final")
    return f"{old} = None" if old else ""
