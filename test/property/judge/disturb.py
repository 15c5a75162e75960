"""Changes every value a little, by its name: what shares something with it changes too, and nothing else."""

from __future__ import annotations

import types
from typing import Any


def disturb(namespace: dict[str, Any], names: list[str]) -> list[Any]:
    """What became of each attempt; the same in two processes whose values are the same."""
    return [[name, _outcome(name, namespace[name])] for name in sorted(names)]


def _outcome(name: str, value: Any) -> Any:
    try:
        return _change(name, value)
    except Exception as error:
        return type(error).__name__


def _change(name: str, value: Any) -> Any:
    kind = type(value)
    if kind in (list, bytearray):
        value.append(name if kind is list else 7)
    elif kind is dict:
        value[f"mark of {name}"] = name
    elif kind is set:
        value.add(name)
    elif kind.__module__ == "numpy" and kind.__name__ == "ndarray":
        value.flat[0] = value.flat[0] + 1 if value.dtype.kind in "iuf" else value.flat[-1]
    elif kind.__name__ == "DataFrame":
        value.iloc[0, 0] = value.iloc[-1, 0]
    elif kind.__name__ == "Series":
        value.iloc[0] = value.iloc[-1]
    elif kind is types.FunctionType and value.__closure__ and value.__module__ == "__main__":
        return type(value()).__name__
    elif kind.__module__ == "__main__" and not isinstance(value, type) and hasattr(value, "__dict__"):
        object.__setattr__(value, "mark", name)
    else:
        return "left alone"
    return "changed"
