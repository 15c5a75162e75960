"""pandas: all options, `display.max_rows` and the like."""

import sys
import warnings
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import Variable


def frame_variables() -> list[Variable]:
    """All of pandas' options in one."""
    return [
        Entries("%pandas", _get, _set, "pandas"),
    ]


def _get() -> dict[str, Any]:
    table: dict[str, Any] = {}
    groups: list[tuple[str, dict[str, Any]]] = [("", sys.modules["pandas._config.config"]._global_config)]
    for prefix, options in groups:
        for name, value in options.items():
            if type(value) is dict:
                groups.append((f"{prefix}{name}.", value))
            else:
                table[prefix + name] = value
    return table


def _set(changes: Mapping[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of deprecated options: the cell that set one was warned
        for name, value in changes.items():
            sys.modules["pandas"].set_option(name, value)
