"""`%future`: features a cell switched on by `from __future__ import …`. In a notebook they hold for all cells below."""

import __future__

import sys
from typing import Any

from headwater.state.variable import Variable

MASK = 0
for _name in __future__.all_feature_names:
    MASK |= getattr(__future__, _name).compiler_flag

_plain: list[int] = [0]
"""The flags where no IPython compiles the cells."""


def future_variable() -> Variable:
    """A number: compiler flags."""
    return Variable("%future", get_flags, set_flags)


def get_flags() -> int:
    """What is switched on now."""
    compiler = _find_compiler()
    return _plain[0] if compiler is None else compiler.flags & MASK


def set_flags(flags: int) -> None:
    """Exactly these."""
    compiler = _find_compiler()
    if compiler is None:
        _plain[0] = flags
    else:
        compiler.flags = compiler.flags & ~MASK | flags


def _find_compiler() -> Any:
    shell = sys.modules["IPython"].get_ipython() if hasattr(sys.modules.get("IPython"), "get_ipython") else None
    return None if shell is None else shell.compile
