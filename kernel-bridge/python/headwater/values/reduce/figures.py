"""matplotlib: what would make reading a figure look like a change of it."""

from __future__ import annotations

import copyreg
import itertools
from typing import Any

from headwater.values.reduce.registry import reduces


@reduces("matplotlib.cbook.CallbackRegistry")
def reduce_callbacks(saver: Any, registry: Any) -> Any:
    """Its own way takes a number from its counter each time it is asked."""
    state = registry.__getstate__()
    if isinstance(state.get("_cid_gen"), int):
        registry._cid_gen = itertools.count(state["_cid_gen"])
    return copyreg.__newobj__, (type(registry),), state  # type: ignore[attr-defined]
