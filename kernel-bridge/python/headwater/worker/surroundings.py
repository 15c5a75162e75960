"""Environment variables that the tags of a step set, while its attempt lasts."""

from __future__ import annotations

import os
from typing import Any


class Surroundings:
    """A parked process runs attempts of several steps: each finds what its own tags say."""

    def __init__(self) -> None:
        self._before: dict[str, str | None] = {}

    def become(self, start: dict[str, Any]) -> None:
        """Those of this attempt, in the place of an earlier one's."""
        for name, value in self._before.items():
            _set(name, value)
        wanted: dict[str, str] = dict(start["asks"]["env"])
        if start["gpus"] is not None:
            wanted["CUDA_VISIBLE_DEVICES"] = ",".join(start["gpus"])
        self._before = {name: os.environ.get(name) for name in wanted}
        for name, value in wanted.items():
            _set(name, value)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
