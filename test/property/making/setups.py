"""Untagged cells that count as setup for what they hold: imports, functions, classes, literals, settings of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from making.flow_maker import FlowMaker


def setup_block(m: FlowMaker) -> str:
    """One such cell."""
    return m.rng.choice([_late_bound, _class, _literals, _settings, _changes_global, _hooks])(m)


def _late_bound(m: FlowMaker) -> str:
    name, old = m.new("function"), m.old("list", "dict", "set")
    return f"def {name}(x):\n    return len({old}) + x" if old else f"def {name}(x):\n    return x"


def _class(m: FlowMaker) -> str:
    name = m.new("class")
    return f"class {name}:\n    made = 0\n    def __init__(self):\n        {name}.made += 1\n        self.v = {name}.made\n    def get(self):\n        return [self.v, {name}.made]"


def _literals(m: FlowMaker) -> str:
    a, b = m.new("list"), m.new("int")
    return f"{a} = [1, 2, [3]]\n{b} = {m.n()}"


def _settings(m: FlowMaker) -> str:
    return m.rng.choice(["import warnings\nwarnings.filterwarnings('ignore')", "pd.set_option('display.max_rows', 7)", "np.set_printoptions(precision=3)"])


def _changes_global(m: FlowMaker) -> str:
    number, name = m.new("int"), m.new("function")
    return f"{number} = 0\ndef {name}(x):\n    global {number}\n    {number} = {number} + x\n    return {number}"


def _hooks(m: FlowMaker) -> str:
    log, name = m.new("list"), m.new("function")
    return f"{log} = []\ndef {name}(x):\n    {log}.append(x)\n    return len({log})"
