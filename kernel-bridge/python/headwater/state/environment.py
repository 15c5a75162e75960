"""`%env`: what cells changed in `os.environ` since the worker started. Start values are never part of it, nor are excluded names."""

import os
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import UNSET


class Environment(Entries):
    """Name to text, None for a removed one. What a library sets while it is imported (`KMP_INIT_AT_FORK`) stays with that import."""

    def __init__(self, exclude: frozenset[str]) -> None:
        """`exclude`: names set by `env:` and `secret:` tags, and the worker's own."""
        super().__init__("%env", self._get, self._set, owned=lambda key: True, absent=None)
        self._exclude = exclude

    def start(self, world: Any) -> None:
        """As every table; a name that is excluded here stays as it is, whatever earlier steps did."""
        super().start(world if world is UNSET else {name: value for name, value in world.items() if name not in self._exclude})

    def _get(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in self._exclude}

    def _set(self, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
