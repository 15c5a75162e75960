"""Data flow that no reading of the code finds: calls through tables, methods with side effects, hooks, properties."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(3)
def table_of_functions(m: FlowMaker) -> str:
    number, table = m.new("int"), m.new("table")
    return f"{number} = 0\ndef _bump(k):\n    global {number}\n    {number} += k\n    return {number}\n{table} = {{'bump': _bump, 'say': str}}"


@feature(4)
def call_from_table(m: FlowMaker) -> str:
    old = m.old("table")
    return f"for _op in ('bump', 'say'):\n    print({old}[_op]({m.n()}))" if old else ""


@feature(3)
def method_with_effect(m: FlowMaker) -> str:
    log, name = m.new("list"), m.new("box")
    return f"{log} = []\nclass _Box:\n    count = 0\n    def put(self, x):\n        {log}.append(x); _Box.count += 1\n        return len({log}), self.count\n    def __len__(self):\n        self.put('len'); return 3\n{name} = _Box()"


@feature(4)
def call_method_with_effect(m: FlowMaker) -> str:
    old = m.old("box")
    how = m.rng.choice(["print({}.put({}))", "print(len({}))", "print(list(map({}.put, range({}))))", "_put = getattr({}, 'p' + 'ut')\nprint(_put({}))"])
    return how.format(old, m.n(4)) if old else ""


@feature(2)
def hooks(m: FlowMaker) -> str:
    log, name, old = m.new("list"), m.new("hooks"), m.old("list") or "[]"
    return f"{log} = []\n{name} = [lambda: {log}.append('hook'), lambda: {old}.append(1)]"


@feature(3)
def run_hooks(m: FlowMaker) -> str:
    old = m.old("hooks")
    return f"[_h() for _h in {old}]" if old else ""


@feature(2)
def property_with_effect(m: FlowMaker) -> str:
    number, name = m.new("int"), m.new("gauge")
    return f"{number} = 0\nclass _Gauge:\n    @property\n    def value(self):\n        global {number}\n        {number} += 1\n        return {number}\n    def __getitem__(self, k):\n        return [self.value, k]\n{name} = _Gauge()"


@feature(3)
def read_gauge(m: FlowMaker) -> str:
    old = m.old("gauge")
    return f"print({m.rng.choice(['{}.value', '{}[2]', 'getattr({}, chr(118) + chr(97) + chr(108) + chr(117) + chr(101))']).format(old)})" if old else ""


@feature(2)
def set_by_name(m: FlowMaker) -> str:
    old = m.old("instance")
    return f"try:\n    setattr({old}, 'x' + str({m.n()}), {m.any_value()})\nexcept AttributeError:\n    pass" if old else ""


@feature(2)
def counts_on_its_class(m: FlowMaker) -> str:
    old = m.old("instance", "box")
    return f"type({old}).tally = getattr(type({old}), 'tally', 0) + 1\nprint({old}.tally)" if old else ""


@feature(2)
def changes_through_alias(m: FlowMaker) -> str:
    a, b = m.old("list"), m.new("list")
    return f"{b} = {a}\n{b}.append(len({a}))\nprint({a} is {b}, len({a}))" if a else ""


@feature(2)
def changes_argument(m: FlowMaker) -> str:
    old, name = m.old("list"), m.new("adder")
    return f"def {name}(where, x=1):\n    where.append(x)\n    return where" + (f"\n{name}({old})" if old else "")


@feature(3)
def call_adder(m: FlowMaker) -> str:
    f, old = m.old("adder"), m.old("list")
    return f"print(len({f}({old}, {m.n()})))" if f and old else ""


@feature(2)
def context_with_effect(m: FlowMaker) -> str:
    log = m.new("list")
    return f"{log} = []\nimport contextlib\n@contextlib.contextmanager\ndef span(n, log={log}):\n    log.append(n)\n    yield n\n    log.append(-n)\nwith span({m.n()}): pass"


@feature(2)
def decorated_register(m: FlowMaker) -> str:
    table, name = m.new("dict"), m.new("function")
    return f"{table} = {{}}\ndef registered(f):\n    {table}[f.__name__] = f\n    return f\n@registered\ndef {name}(x):\n    return x + len({table})"


@feature(2)
def maybe_bound(m: FlowMaker) -> str:
    old, name = m.old("list"), m.new("int")
    return f"{name} = 1\nif len({old}) % 2:\n    {name} = {m.n()}\nfor _k in range(len({old}) % 3):\n    {name} = _k" if old else ""


@feature(2)
def counts_in_default(m: FlowMaker) -> str:
    name = m.new("function")
    return f"def {name}(x, seen=[]):\n    seen.append(x)\n    return seen\n{name}(0)"


@feature()
def operator_in_place(m: FlowMaker) -> str:
    a, b = m.old("list"), m.old("list")
    return f"{a} += {b}[:1]" if a and b else ""


@feature()
def iterates_own_class(m: FlowMaker) -> str:
    log, name = m.new("list"), m.new("walk")
    return f"{log} = []\nclass _Walk:\n    def __iter__(self):\n        {log}.append('walked')\n        return iter([1, 2])\n    def __contains__(self, x):\n        {log}.append(x); return True\n{name} = _Walk()"


@feature(2)
def walk(m: FlowMaker) -> str:
    old = m.old("walk")
    return m.rng.choice([f"print(list({old}))", f"print({m.n()} in {old})", f"_a, _b = {old}"]) if old else ""
