"""NumPy: how arrays are printed, and what happens on floating-point errors."""

import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import Variable


def array_variables() -> list[Variable]:
    """NumPy's, one each."""
    return [
        Entries("%numpy.printoptions", _get_printing, _set_printing, "numpy"),
        Entries("%numpy.errstate", _get_errors, _set_errors, "numpy"),
    ]


def _get_printing() -> dict[str, Any]:
    return dict(sys.modules["numpy"].get_printoptions())


def _set_printing(changes: Mapping[str, Any]) -> None:
    # All at once: some (`formatter`) fall back to their default in every call that does not name them.
    known = _get_printing()
    sys.modules["numpy"].set_printoptions(**{**known, **{key: value for key, value in changes.items() if key in known}})


def _get_errors() -> dict[str, Any]:
    numpy = sys.modules["numpy"]
    return {**numpy.geterr(), "call": numpy.geterrcall(), "bufsize": numpy.getbufsize()}


def _set_errors(changes: Mapping[str, Any]) -> None:
    numpy = sys.modules["numpy"]
    modes = {key: value for key, value in changes.items() if key not in ("call", "bufsize")}
    if "call" in changes:
        numpy.seterrcall(changes["call"])
    if "bufsize" in changes:
        numpy.setbufsize(changes["bufsize"])
    numpy.seterr(**modes)
