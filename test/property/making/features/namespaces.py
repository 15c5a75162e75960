"""Names that come and go in ways only a running program knows."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def bound_by_globals(m: FlowMaker) -> str:
    name = m.new("int")
    return f"globals()['{name}'] = {m.n()}"


@feature()
def bound_by_exec(m: FlowMaker) -> str:
    name = m.new("list")
    return f"exec('{name} = [{m.n()}]')"


@feature()
def read_by_eval(m: FlowMaker) -> str:
    old = m.old("list", "int", "dict")
    return f"print(type(eval('{old}')).__name__)" if old else ""


@feature()
def star_import(m: FlowMaker) -> str:
    return "from helpers import *\nprint(scaled(2))" if m.files else "from itertools import *\nprint(list(islice(count(), 3)))"


@feature()
def local_module(m: FlowMaker) -> str:
    return f"import helpers\n{m.new('part')} = helpers.Part({m.n()}).twice()" if m.files else ""


@feature()
def looks_around(m: FlowMaker) -> str:
    return "print(sorted(_n for _n in globals() if _n[0] != '_' and _n[1:].isdigit()))"


@feature()
def deleted_and_missed(m: FlowMaker) -> str:
    old = m.old("list", "dict", "str")
    if not old:
        return ""
    del m.kinds[old]
    return f"del {old}\ntry:\n    {old}\nexcept NameError as _missed:\n    print('gone', str(_missed))"


@feature()
def deleted_by_globals(m: FlowMaker) -> str:
    old = m.old("list", "str")
    if not old:
        return ""
    del m.kinds[old]
    return f"globals().pop('{old}')"


@feature()
def function_deletes(m: FlowMaker) -> str:
    old = m.old("list", "str")
    if not old:
        return ""
    del m.kinds[old]
    return f"def _forget():\n    global {old}\n    del {old}\n_forget()"


@feature()
def main_module(m: FlowMaker) -> str:
    old = m.old("int", "list")
    return f"import __main__\nprint(type(__main__.{old}).__name__)" if old else ""


@feature()
def annotated(m: FlowMaker) -> str:
    return f"{m.new('int')}: int = {m.n()}\nprint(sorted(__annotations__)[-1][0])"


@feature()
def unpacked(m: FlowMaker) -> str:
    return f"{m.new('int')}, *{m.new('list')} = range({m.n() + 2})"


@feature()
def walrus(m: FlowMaker) -> str:
    name = m.new("int")
    return f"print([({name} := _w * 2) for _w in range({m.n(4)})])"


@feature()
def matched(m: FlowMaker) -> str:
    return f"match [{m.n()}, {m.n()}]:\n    case [{m.new('int')}, {m.new('int')}]:\n        print('two')"


@feature()
def shadows_builtin(m: FlowMaker) -> str:
    return m.rng.choice(["sum = lambda x: 'mine'", "def max(*a):\n    return 'mine'", "id = 3"])


@feature()
def uses_builtin(m: FlowMaker) -> str:
    return "print(sum([1, 2]), max(1, 2))"


@feature()
def missing_first(m: FlowMaker) -> str:
    name = m.new("int")
    return f"try:\n    {name}\nexcept NameError:\n    {name} = {m.n()}\nelse:\n    {name} = -1"


@feature()
def defined_here_or_there(m: FlowMaker) -> str:
    old, name = m.old("list"), m.new("int")
    return f"{name} = len({old}) if '{old}' in globals() else None" if old else ""


@feature()
def nested_scopes(m: FlowMaker) -> str:
    old, name = m.old("list"), m.new("function")
    return f"def {name}(x):\n    def inner():\n        return len({old}) + x\n    return [inner() for _ in range(2)]" if old else ""


@feature()
def calls_what_comes_later(m: FlowMaker) -> str:
    later, name = m.new("int"), m.new("function")
    del m.kinds[later]
    m.kinds["later_" + name] = "later"
    return f"def {name}(x):\n    return later_{name}(x) + 1"


@feature()
def what_comes_later(m: FlowMaker) -> str:
    old = m.old("later")
    if not old:
        return ""
    del m.kinds[old]
    return f"def {old}(x):\n    return x * {m.n()}\nprint({old[6:]}({m.n()}))"
