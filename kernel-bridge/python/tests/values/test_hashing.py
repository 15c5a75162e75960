"""Elements of sets and keys of dicts have their hash asked for while they are loaded."""

from __future__ import annotations

CODE = """
FACTOR = 7
def mix(k): return hash(k) * FACTOR
class P:
    def __init__(self, k): self.k = k; self.peers = set()
    def __hash__(self): return mix(self.k)
    def __eq__(self, other): return same(self, other)
def same(a, b): return a.k == b.k
a, b = P(1), P(2)
a.peers.add(b); b.peers.add(a)
known = {a: 1, b: 2}
both = {a, b}
"""


def test_hash_that_needs_other_names(run):
    """Only `known` is asked for: what the hash of its keys refers to comes first."""
    run.step("a.0", CODE)
    answer = run.step("b.0", "print(sorted(known.values()), [k.k for k in known])", load=["known"])
    assert answer["printed"] == "[1, 2] [1, 2]\n"
    assert answer["delta"]["reads"] == {"known": "a.0", "mix": "a.0", "FACTOR": "a.0", "same": "a.0"}
    assert answer["delta"]["binds"] == {}


def test_everything_at_once(run):
    run.step("a.0", CODE)
    assert run.step("b.0", "print(a in both, both == set(known), a in b.peers)")["printed"] == "True True True\n"


def test_order_of_elements_with_a_hash_of_their_own(run):
    code = """
from dataclasses import dataclass
@dataclass(frozen=True)
class P:
    x: int
points = {P(i * 37 % 101) for i in range(40)}
for p in list(points)[::3]: points.discard(p)
pairs = {(i % 7, str(i)) for i in range(30)}
order = [[p.x for p in points], list(pairs)]
"""
    run.step("a.0", code)
    assert run.step("b.0", "print([[p.x for p in points], list(pairs)] == order)")["printed"] == "True\n"
    run.step("c.0", "points.add(P(999))\norder = [p.x for p in points]")
    assert run.see("[p.x for p in points] == order")


def test_a_set_that_leads_back_to_itself(run):
    """Its elements hold it: it is filled when all else is there."""
    code = """
class N:
    def __init__(self, k, s): self.k, self.s = k, s
    def __hash__(self): return hash(self.k)
    def __eq__(self, other): return self.k == other.k
ring = set()
for i in (40, 8, 3, 16, 24, 32): ring.add(N(i, ring))
order = [n.k for n in ring]
"""
    run.step("a.0", code)
    assert run.step("b.0", "print(all(n.s is ring for n in ring), [n.k for n in ring] == order)")["printed"] == "True True\n"
