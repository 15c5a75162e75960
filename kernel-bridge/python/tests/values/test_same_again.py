"""The same code gives the same ids and the same digests, in whatever process and below whatever other cell: what resume compares."""

from __future__ import annotations

from tests.values.helpers.run import Run

CODE = """
import enum, typing, collections
from dataclasses import dataclass, field
T = typing.TypeVar('T')
@dataclass
class P(typing.Generic[T]):
    x: int = 1
    items: list = field(default_factory=list)
    def twice(self): return self.x * 2
class E(enum.Enum):
    A = 1
    B = 2
class Base:
    def __init_subclass__(cls, **k): pass
def make():
    n = [0]
    def inc(): n[0] += 1; return n
    return inc
inc = make()
s = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}
nan = float('nan')
N = collections.namedtuple('N', 'a b')
values = [P(), E.A, N(1, 2), inc, {'k': nan}, s]
f = lambda x, y=values: y
"""


def digests(answer):
    return {name: facts["digest"] for name, facts in answer["artifacts"].items()}


def test_two_runs(tmp_path):
    first, second = (Run(tmp_path / name).step("a.0", CODE) for name in ("one", "two"))
    assert digests(first) == digests(second)
    assert first["groups"] == second["groups"]
    assert first["delta"] == second["delta"]


def test_a_second_attempt_of_the_same_task(tmp_path):
    first, second = (Run(tmp_path / name).step(name, CODE) for name in ("a.0", "a.1"))
    assert digests(first) == digests(second)
    assert list(first["delta"]["units"]) == list(second["delta"]["units"])


def test_code_that_moved_down_is_the_same(tmp_path):
    """A line more above a function, or a cell more above its cell, changes where it stands and not what it is."""
    first, second = (Run(tmp_path / name).step("a.0", above + CODE) for name, above in (("one", ""), ("two", "\n# a comment\n\n")))
    assert digests(first) == digests(second)


def test_other_code_is_not(tmp_path):
    first, second = (Run(tmp_path / n).step("a.0", f"def f(x): return x + {n}") for n in ("1", "2"))
    digest = [step["groups"][1]["digests"]["u:f:a:f"] for step in (first, second)]
    assert digest[0] != digest[1]


def test_a_change_and_back_again(run):
    first = run.step("a.0", "x = [1, 'a']")
    run.step("b.0", "x.append(2)")
    third = run.step("c.0", "x.pop()")
    assert digests(first) == digests(third)
    assert third["delta"]["binds"]["x"][0] == "c.0"


def test_arrays_are_known_by_their_bytes(tmp_path):
    code = "import numpy as np\nA = np.arange(100000.)\nB = A[5:]"
    first, second = (Run(tmp_path / name).step("a.0", code) for name in ("one", "two"))
    assert digests(first) == digests(second)
    assert first["groups"][0]["buffers"] == second["groups"][0]["buffers"]


def test_one_function_more_leaves_the_others_as_they_were(tmp_path):
    first, second = (Run(tmp_path / n).step("a.0", more + CODE)["groups"] for n, more in (("one", ""), ("two", "def more(): pass")))
    known = [{key: digest for group in groups for key, digest in group["digests"].items()} for groups in (first, second)]
    assert set(known[1].items()) - set(known[0].items()) == {(key, known[1][key]) for key in ("n:more", "u:f:a:more")}


def test_ids_of_the_same_name(run):
    """Units loaded from an earlier attempt of the task keep theirs."""
    run.step("a.0", "def f(): return 1")
    assert list(run.step("a.1", "g = f\ndef f(): return 2")["delta"]["units"]) == ["f:a:f~2"]
    assert run.see("[f(), g()]") == [2, 1]
