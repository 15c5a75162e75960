"""scikit-learn: `set_config`."""

import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import Variable


def learning_variables() -> list[Variable]:
    """All of the configuration in one."""
    return [
        Entries("%sklearn", lambda: dict(sys.modules["sklearn"].get_config()), _set, "sklearn"),
    ]


def _set(changes: Mapping[str, Any]) -> None:
    sys.modules["sklearn"].set_config(**changes)
