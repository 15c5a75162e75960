"""Which names of a namespace are nobody's."""

from __future__ import annotations

MODULE = frozenset(
    {"__builtins__", "__builtin__", "__name__", "__doc__", "__package__", "__loader__", "__spec__", "In", "Out", "__warningregistry__"}
)
HISTORY = frozenset({"", "i", "ii", "iii", "ih", "oh", "dh"})


def is_noise(name: str) -> bool:
    """Names a shell makes by itself: `_`, `_3`, `_i3`, `In`, `Out`, dunder names of the module."""
    if name in MODULE:
        return True
    rest = name.strip("_")
    return name.startswith("_") and (rest in HISTORY or rest.lstrip("i").isdigit())
