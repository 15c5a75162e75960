"""The names that stored pickles import. Everything marked `@stored_name` is found here, wherever its code lives."""

from __future__ import annotations

from typing import Any

from headwater.values.reduce import all_, registry  # noqa: F401


def __getattr__(name: str) -> Any:
    if name in registry.MAKERS:
        return registry.MAKERS[name]
    raise AttributeError(f"stored pickles know no maker {name}")
