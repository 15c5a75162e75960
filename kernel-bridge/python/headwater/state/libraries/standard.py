"""Python's own library: how long sockets wait, dialects and limits of CSV files, how processes are started."""

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
        Variable("%csv.limit", lambda: sys.modules["csv"].field_size_limit(), _set_limit, "csv"),
        Variable("%multiprocessing", _get_method, _set_method, "multiprocessing.context"),
    ]


def _set_timeout(seconds: Any) -> None:
    sys.modules["socket"].setdefaulttimeout(seconds)


def _set_limit(limit: Any) -> None:
    sys.modules["csv"].field_size_limit(limit)


def _get_method() -> Any:
    """None before anybody has chosen one."""
    return sys.modules["multiprocessing.context"]._default_context.get_start_method(allow_none=True)


def _set_method(method: Any) -> None:
    sys.modules["multiprocessing.context"]._default_context.set_start_method(method, force=True)


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
