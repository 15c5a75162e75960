"""pandas: all options, `display.max_rows` and the like."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import Variable


def frame_variables() -> list[Variable]:
    """All of pandas' options in one."""
    return [
        Entries("%pandas", _get, _set, "pandas"),
    ]


def _get() -> dict[str, Any]:
    return dict(_flatten("", sys.modules["pandas._config.config"]._global_config))


def _flatten(prefix: str, options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, dict):
            yield from _flatten(f"{prefix}{name}.", value)
        else:
            yield prefix + name, value


def _set(changes: Mapping[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of deprecated options: the cell that set one was warned
        for name, value in changes.items():
            sys.modules["pandas"].set_option(name, value)
