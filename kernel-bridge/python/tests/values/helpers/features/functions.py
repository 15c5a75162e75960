"""Functions, closures, caches, what is bound to them."""

from __future__ import annotations

from tests.values.helpers.maker import Maker, feature


@feature
def default_argument(m: Maker) -> str:
    name, old = m.new("function"), m.old("list") or "[]"
    return f"def {name}(x, acc={old}):\n    acc.append(x)\n    return len(acc)"


@feature
def late_bound_global(m: Maker) -> str:
    old, name = m.old("list", "dict", "set"), m.new("function")
    return f"def {name}(x):\n    return len({old}) + x" if old else f"{name} = lambda x: x + 1"


@feature
def changes_global(m: Maker) -> str:
    number, name = m.new("int"), m.new("function")
    return f"{number} = 0\ndef {name}(x):\n    global {number}\n    {number} += x\n    return {number}\n{name}(1)"


@feature
def closure(m: Maker) -> str:
    name = m.new("counter")
    return f"def make():\n    c, seen = 0, []\n    def inc():\n        nonlocal c\n        c += 1\n        seen.append(c)\n        return c, seen\n    return inc\n{name} = make()\ndel make"  # noqa: E501


@feature
def shared_closures(m: Maker) -> str:
    a, b = m.new("counter"), m.new("counter")
    return f"def make(n):\n    def up():\n        nonlocal n\n        n += 1\n        return n\n    def get():\n        return n\n    return up, get\n{a}, {b} = make({m.n()})\n{a}()\ndel make"  # noqa: E501


@feature
def call_counter(m: Maker) -> str:
    old = m.old("counter")
    return f"{old}()" if old else ""


@feature
def call_function(m: Maker) -> str:
    old = m.old("function")
    return (
        f"try:\n    print(type({old}({m.n()})).__name__)\nexcept (NameError, TypeError) as _e:\n    print(type(_e).__name__)" if old else ""
    )


@feature
def recursion(m: Maker) -> str:
    name = m.new("function")
    return f"def {name}(n):\n    return 1 if n < 2 else n * {name}(n - 1)"


@feature
def decorated(m: Maker) -> str:
    name, log = m.new("function"), m.old("list") or "[]"
    return f"def deco(f, log={log}):\n    @functools.wraps(f)\n    def w(*a):\n        log.append(f.__name__)\n        return f(*a)\n    return w\n@deco\ndef {name}(x):\n    return x * 2"  # noqa: E501


@feature
def function_attribute(m: Maker) -> str:
    old = m.old("function", "counter")
    return f"{old}.note = getattr({old}, 'note', 0) + 1\n{old}.held = {m.any_value()}" if old else ""


@feature
def partial(m: Maker) -> str:
    old = m.old("list")
    return f"{m.new('partial')} = functools.partial({old}.append, {m.n()})" if old else ""


@feature
def bound_method(m: Maker) -> str:
    old = m.old("instance")
    return f"{m.new('method')} = {old}.get" if old else ""


@feature
def lru(m: Maker) -> str:
    name, size = m.new("lru"), m.rng.choice(["None", "2"])
    return f"@functools.lru_cache({size})\ndef {name}(n, k=1):\n    return [n * k]\n{name}(1); {name}(2, k=3); {name}(1)"


@feature
def single_dispatch(m: Maker) -> str:
    name = m.new("function")
    return f"@functools.singledispatch\ndef {name}(x):\n    return 'o'\n@{name}.register(int)\ndef _i(x):\n    return x + 1"


@feature
def context_manager(m: Maker) -> str:
    log = m.old("list") or "[]"
    return f"import contextlib\n@contextlib.contextmanager\ndef cm(log={log}):\n    log.append('in')\n    yield 1\n    log.append('out')\nwith cm() as _c: pass"


@feature
def own_namespace(m: Maker) -> str:
    return f"{m.new('space')} = {{}}\nexec('q = {m.n()}\\ndef f():\\n    return q', {m.old('space')})"
