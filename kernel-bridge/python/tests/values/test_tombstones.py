"""Values that live only in their process."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("x = (i for i in [1])", "generator", "a generator"),
        ("x = [1, {'deep': (i for i in [1])}]", "list", "a generator"),
        ("x = open('/dev/null')", "_io.TextIOWrapper", "an open file"),
        ("import threading\nx = threading.Lock(); x.acquire()", "_thread.lock", "a held lock"),
        ("import socket\nx = socket.socket()", "socket.socket", "a socket"),
        ("import sqlite3\nx = sqlite3.connect(':memory:')", "sqlite3.Connection", "a connection"),
        ("import types\nx = types.ModuleType('by_hand')", "module", "a module that cannot be imported, by_hand"),
        ("class C:\n    def __reduce__(self): 1/0\n    __slots__ = ('g',)\nx = C(); x.g = (i for i in [1])", "C", "a generator"),
        ("def make():\n    g = (i for i in [1])\n    def f(): return g\n    return f\nx = make()", "function", "a generator"),
        ("x = memoryview(b'abc')[1:]", "memoryview", "a part of a memoryview"),
    ],
)
def test_what_and_why(run, code, kind, reason):
    answer = run.step("train[3].0", code + "\nfine = [1]")
    stone = answer["delta"]["tombstones"]["x"]
    assert stone == {"version": "train[3].0", "type": kind, "reason": reason, "step": "train", "with": []}
    assert answer["delta"]["binds"]["fine"][0] == "train[3].0"


def test_names_that_share_something_with_it(run):
    """`x` is tied by `y`, and `z` is stored together with `x`; `free` is not tied."""
    answer = run.step("a.0", "x = [1]\nz = {'x': x}\nfree = [2]\nn = 5\ny = {'x': x, 'n': n, 'g': (i for i in [1])}")
    assert answer["delta"]["tombstones"]["y"]["with"] == ["x", "z"]
    assert sorted(answer["delta"]["binds"]) == ["free", "n", "x", "z"]


def test_shared_through_a_frame(run):
    answer = run.step("a.0", "L = [1]\ndef gen(seen):\n    for i in seen: yield i\ng = gen(L)\nother = [L]")
    assert answer["delta"]["tombstones"]["g"]["with"] == ["L", "other"]


def test_shared_with_a_default_argument(run):
    """The function itself is a unit that other processes would change in a copy: its name is bound to the process, too."""
    answer = run.step("a.0", "L = [1]\ndef f(a=L): a.append(1)\ng = (i for i in L)")
    assert answer["delta"]["tombstones"]["g"]["with"] == ["L", "f"]


def test_a_stored_name_dies(run):
    """It came from a group that must still be its own, and what was stored with it is regrouped."""
    run.step("a.0", "x = [1]\ny = [x]")
    delta = run.step("b.0", "x.append(i for i in [1])")["delta"]
    assert sorted(delta["tombstones"]) == ["x", "y"]
    assert delta["based"] == {"n:x": "a.0/0", "n:y": "a.0/0"}
    assert run.world["names"] == {}


def test_a_class_dies(run):
    """Instances in names that nobody loaded lead to it: they are bound to the process as well."""
    run.step("a.0", "class C: pass\na = C()\nb = 5")
    delta = run.step("b.0", "C.g = (i for i in [1])", load=["C"])["delta"]
    assert delta["tombstones"]["C"]["with"] == ["a"]


def test_reading_one_is_refused(run):
    run.step("a.0", "x = [1]\ny = {'x': x, 'g': (i for i in [1])}\nfree = 2")
    assert run.step("b.0", "", load=["free"])["wanted"] == []
    assert run.step("b.0", "", load=["x"]) == {"wanted": ["x"], "reads": {"x": "a.0"}}
    assert run.step("b.0", "", load=["y", "free"])["wanted"] == ["y"]
    assert run.step("b.0", "")["wanted"] == ["x", "y"]


def test_rebinding_one_ends_it(run):
    run.step("a.0", "y = (i for i in [1])")
    run.step("b.0", "y = 5", load=[])
    assert run.world["tombstones"] == {}
    assert run.see("y") == 5


def test_one_that_fails_never_loses_the_others(run):
    code = """
import io
class Refuses(io.StringIO):
    def __reduce_ex__(self, protocol): raise SystemError('no')
class Broken(dict):
    def items(self): raise KeyError
    def __eq__(self, other): raise ValueError
    __hash__ = None
a, z = [1], [2]
refuses, broken, tied = Refuses(), Broken(k=1), [a, (i for i in a)]
"""
    delta = run.step("a.0", code)["delta"]
    assert sorted(delta["tombstones"]) == ["refuses", "tied"]
    assert {"a", "z", "broken"} <= set(delta["binds"])
    assert run.see("[[1], z]", load=["z"]) == [[1], [2]]


def test_a_reason_is_one_line(run):
    code = "import io\nclass R(io.StringIO):\n    def __reduce_ex__(self, p): raise ValueError('one\\ntwo' + 'x' * 500)\nx = R()"
    reason = run.step("a.0", code)["delta"]["tombstones"].get("x", {"reason": ""})["reason"]
    assert len(reason) <= 100 and "\n" not in reason
