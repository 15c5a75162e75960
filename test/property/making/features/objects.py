"""Classes and what they can do to a program."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(2)
def class_again(m: FlowMaker) -> str:
    old = m.old("class")
    return f"_before = {old}\nclass {old}:\n    version = {m.n()}\n    def get(self):\n        return ['again', self.version]\nprint({old} is _before)" if old else ""


@feature(2)
def speaks_on_death(m: FlowMaker) -> str:
    name = m.new("final")
    return f"class _Last:\n    def __init__(self, n):\n        self.n = n\n    def __del__(self):\n        print('end of', self.n)\n{name} = _Last({m.n()})"


@feature(2)
def dies(m: FlowMaker) -> str:
    old = m.old("final")
    if not old:
        return ""
    if m.rng.random() < 0.5:
        return f"{old} = 0"
    del m.kinds[old]
    return f"del {old}"


@feature()
def final_in_list(m: FlowMaker) -> str:
    old, held = m.old("final"), m.new("list")
    return f"{held} = [{old}]\ndel {old}" if old and m.kinds.pop(old, "") != "" else ""


@feature()
def cached_property(m: FlowMaker) -> str:
    name = m.new("instance")
    return f"class _Slow:\n    @functools.cached_property\n    def size(self):\n        print('measured')\n        return {m.n()}\n    def get(self):\n        return self.size\n{name} = _Slow()"


@feature(2)
def ask_instance(m: FlowMaker) -> str:
    old = m.old("instance")
    return f"try:\n    print(type({old}.get()).__name__)\nexcept (AttributeError, TypeError, NameError) as _e:\n    print(type(_e).__name__)" if old else ""


@feature(2)
def counted_instances(m: FlowMaker) -> str:
    cls, a = m.new("counted"), m.new("instance")
    return f"class {cls}:\n    made = 0\n    def __init__(self):\n        type(self).made += 1\n        self.number = {cls}.made\n    def get(self):\n        return {cls}.made\n{a} = {cls}()"


@feature(3)
def one_more(m: FlowMaker) -> str:
    old = m.old("counted")
    return f"{m.new('instance')} = {old}()\nprint({old}.made)" if old else ""


@feature()
def typed_tuple(m: FlowMaker) -> str:
    cls, name = m.new("ntuple"), m.new("tuple")
    return f"from typing import NamedTuple\nclass {cls}(NamedTuple):\n    x: int\n    y: list = []\n{name} = {cls}({m.n()}, {m.any_value()})"


@feature()
def frozen(m: FlowMaker) -> str:
    cls, name = m.new("record"), m.new("tuple")
    return f"from dataclasses import dataclass, replace\n@dataclass(frozen=True)\nclass {cls}:\n    a: int = {m.n()}\n    b: tuple = ()\n{name} = replace({cls}(), b=({m.any_value()},))\nprint({name}.a)"


@feature()
def members(m: FlowMaker) -> str:
    cls = m.new("enum")
    return f"import enum\nclass {cls}(enum.Enum):\n    RED = enum.auto()\n    BLUE = enum.auto()\n{m.new('member')} = {cls}.BLUE\n{m.new('dict')} = {{{cls}.RED: [1]}}"


@feature()
def same_member(m: FlowMaker) -> str:
    cls, member = m.old("enum"), m.old("member")
    return f"print([_m is {member} for _m in {cls}])" if cls and member else ""


@feature()
def linked_list(m: FlowMaker) -> str:
    name = m.new("node")
    return f"class _Node:\n    __slots__ = ('v', 'next')\n    def __init__(self, v, next=None):\n        self.v, self.next = v, next\n{name} = _Node(1, _Node(2))\n{name}.next.next = {name}"


@feature()
def follow_links(m: FlowMaker) -> str:
    old = m.old("node")
    return f"print({old}.next.next is {old}, {old}.next.v)\n{old}.next.v += 1" if old else ""


@feature()
def descriptor(m: FlowMaker) -> str:
    name = m.new("instance")
    return f"class _Typed:\n    def __set_name__(self, owner, name):\n        self.name = '_' + name\n    def __get__(self, o, owner):\n        return self if o is None else getattr(o, self.name)\n    def __set__(self, o, v):\n        setattr(o, self.name, int(v))\nclass _Has:\n    size = _Typed()\n    def get(self):\n        return self.size\n{name} = _Has()\n{name}.size = '{m.n()}'"


@feature()
def called(m: FlowMaker) -> str:
    name = m.new("counter")
    return f"class _Times:\n    n = 0\n    def __call__(self):\n        self.n += 1\n        return self.n\n{name} = _Times()\n{name}()"


@feature()
def weakly(m: FlowMaker) -> str:
    old, name = m.old("instance"), m.new("weakset")
    return f"import weakref\n{name} = weakref.WeakValueDictionary()\n{name}['a'] = {old}\nprint(len({name}))" if old else ""


@feature()
def dispatch(m: FlowMaker) -> str:
    name = m.new("function")
    return f"@functools.singledispatch\ndef {name}(x):\n    return ['any']\n@{name}.register(list)\ndef _(x):\n    return ['list', len(x)]"


@feature(2)
def cached_calls(m: FlowMaker) -> str:
    name, log = m.new("lru"), m.new("list")
    return f"{log} = []\n@functools.lru_cache(maxsize=None)\ndef {name}(n, k=1):\n    {log}.append(n)\n    return [n * k]\n{name}({m.n()})"


@feature(2)
def call_cached(m: FlowMaker) -> str:
    old = m.old("lru")
    return f"print({old}({m.n(3)}), {old}.cache_info().currsize)" if old else ""
