"""Closure cells, and dicts that are some function's globals without being the notebook's namespace."""

from __future__ import annotations

import builtins
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.values.session import Session

REAL = "real"


def cell_state(cell: Any) -> tuple[Any, ...]:
    try:
        return (cell.cell_contents,)
    except ValueError:  # empty: the variable is not bound yet
        return ()


def set_cell(cell: Any, stored: tuple[Any, ...]) -> None:
    if stored:
        cell.cell_contents = stored[0]
    elif cell != types.CellType():
        del cell.cell_contents


def globals_skeleton(session: Session, namespace: dict[str, Any]) -> Any:
    """Whose builtins: none, the real ones, or a dict of the person's own, never the content of the real ones."""
    own = namespace.get("__builtins__")
    if own is None:
        return None
    if own is builtins or own is vars(builtins) or own is vars(session.main).get("__builtins__"):
        return REAL
    return dict(own)


def make_globals(bone: Any | None) -> dict[str, Any]:
    return {} if bone is None else {"__builtins__": vars(builtins) if bone == REAL else bone}


def globals_state(namespace: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The skeleton has its builtins; here they only keep their place."""
    return tuple((name, None if name == "__builtins__" else value) for name, value in namespace.items())


def set_globals(namespace: dict[str, Any], stored: tuple[tuple[str, Any], ...]) -> None:
    own = namespace.get("__builtins__")
    namespace.clear()
    namespace.update(stored)
    if "__builtins__" in namespace:
        namespace["__builtins__"] = own
