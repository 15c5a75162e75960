"""Results of cells, used below."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(0.3)
def last_result(m: FlowMaker) -> str:
    return m.rng.choice(["print(type(_).__name__)", "print(type(__).__name__)", "print(sorted(Out)[:2])", "print(len(Out))"])


@feature(0.3)
def result_by_number(m: FlowMaker) -> str:
    return "try:\n    print(type(_2).__name__)\nexcept NameError:\n    print('no second result')"


@feature(0.3)
def keeps_last(m: FlowMaker) -> str:
    name = m.new("kept")
    return f"{name} = _"
