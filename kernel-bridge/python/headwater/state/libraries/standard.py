"""Python's own library: how long sockets wait, and dialects of CSV files."""

import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import Variable

ASPECTS = ("delimiter", "quotechar", "doublequote", "escapechar", "lineterminator", "quoting", "skipinitialspace", "strict")
"""Of a dialect of the `csv` module."""


def standard_variables() -> list[Variable]:
    """One each."""
    return [
        Variable("%socket.timeout", lambda: sys.modules["socket"].getdefaulttimeout(), _set_timeout, "socket"),
        Entries("%csv", _get_dialects, _set_dialects, "csv"),
    ]


def _set_timeout(seconds: Any) -> None:
    sys.modules["socket"].setdefaulttimeout(seconds)


def _get_dialects() -> dict[str, Any]:
    csv = sys.modules["csv"]
    return {name: tuple(getattr(csv.get_dialect(name), each) for each in ASPECTS) for name in csv.list_dialects()}


def _set_dialects(changes: Mapping[str, Any]) -> None:
    csv = sys.modules["csv"]
    for name, value in changes.items():
        if value is not ABSENT:
            csv.register_dialect(name, **dict(zip(ASPECTS, value)))
        elif name in csv.list_dialects():
            csv.unregister_dialect(name)
