"""Code compiled by another Python is compiled again from its source, or refused with both versions named."""

from __future__ import annotations

import linecache

import pytest

from headwater.values.source import cut_source, rebuild_code

CODE = '''
import functools
def plain(x, y=2):
    """Doc."""
    return [x * y,
            x + y,
    ]

def deco(f):
    @functools.wraps(f)
    def w(*a):
        return f(*a) + 1
    return w

@deco
def decorated(x):
    # a comment

    return x

class Base:
    def who(self):
        return ["base"]

class C(Base):
    __secret = 5
    def who(self):
        return ["c", *super().who(), self.__secret]
    @property
    def p(self): return self.__secret
    @staticmethod
    def s(x): return x * 3
    class Inner:
        def m(self): return "inner"

def outer():
    b, a = 1, [2]
    def inner():
        nonlocal b
        b += 1
        return a, b
    return inner
inner = outer()
lam = lambda x: x ** 2
pair = [lambda: 1]
c, i = C(), C.Inner()
'''
USE = "print(plain(3), decorated(1), c.who(), c.p, C.s(2), i.m(), inner(), inner(), lam(3), pair[0](), plain.__doc__, decorated.__name__)"


def test_rebuilt(run, monkeypatch):
    expected = run.step("a.0", CODE + USE, committed=False)["printed"]
    monkeypatch.setattr("headwater.values.code.TAG", "cpython-39x")
    run.step("b.0", CODE)
    monkeypatch.undo()
    assert run.step("c.0", USE)["printed"] == expected


def test_refused(run, monkeypatch):
    """Two lambdas in one line cannot be told apart."""
    monkeypatch.setattr("headwater.values.code.TAG", "cpython-39x")
    run.step("a.0", "f, g = (lambda: 1), (lambda: 2)")
    monkeypatch.undo()
    with pytest.raises(AssertionError, match=r"cannot load .*OtherPython: <lambda> was compiled by cpython-39x and this is cpython-\d+"):
        run.step("b.0", "", load=["f"])


def test_no_source(run, monkeypatch):
    monkeypatch.setattr("headwater.values.code.TAG", "cpython-39x")
    run.step("a.0", "exec('def f(): return 1')")
    monkeypatch.undo()
    with pytest.raises(AssertionError, match="its source was not stored"):
        run.step("b.0", "", load=["f"])


CUTS = {
    "one line": ("def f(): return 1\nx = 2\n", "def f(): return 1"),
    "closing bracket": ("def f():\n  return (1,\n  2\n)\nx = 2\n", "def f():\n  return (1,\n  2\n)"),
    "blank lines and comments": ("def f():\n  # why\n\n  return 1\n\n\n\nx = 2\n", "def f():\n  # why\n\n  return 1"),
    "text that is not indented": ("def f():\n  return '''\nabc\n'''\nx = 2\n", "def f():\n  return '''\nabc\n'''"),
    "nested": ("def f():\n  def g():\n    return 1\n  return g\nx = 2\n", "def f():\n  def g():\n    return 1\n  return g"),
}


@pytest.mark.parametrize("title", CUTS)
def test_cut(title):
    """What is cut out compiles to the same function; lines too many do no harm."""
    source, expected = CUTS[title]
    linecache.cache["<cut>"] = len(source), None, source.splitlines(True), "<cut>"
    space: dict = {}
    exec(compile(source, "<cut>", "exec"), space)
    cut = cut_source(space["f"].__code__)
    assert cut is not None and cut.startswith(expected.rsplit("\n", 1)[0])
    again = rebuild_code("f", [], cut)
    assert again is not None and again.co_code == space["f"].__code__.co_code


def test_cut_of_what_is_not_at_hand():
    assert cut_source(pytest.raises.__code__) is None or "raises" in str(cut_source(pytest.raises.__code__))
