"""Deep structures: pickling recurses, so it is tried again with more room."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Callable, TypeVar

from headwater.values.keys import Key
from headwater.values.pack import Part, pack

if TYPE_CHECKING:
    from headwater.values.session import Session

STACK = 512 << 20
"""Bytes; of virtual memory, used only as deep as it gets. 20,000 levels of own instances fit."""

LEVELS = 400_000
T = TypeVar("T")


def pack_any_depth(session: Session, keys: Sequence[Key], how: str) -> Part:
    """As `pack`; a thread with a large stack is enough up to 3.11, later versions need the pickler written in Python, too."""
    try:
        return pack(session, keys, how)
    except RecursionError:
        pass
    try:
        return _with_room(lambda: pack(session, keys, how))
    except RecursionError:
        return _with_room(lambda: pack(session, keys, how, deep=True))


def _with_room(work: Callable[[], T]) -> T:
    results: list[Any] = []

    def run() -> None:
        sys.setrecursionlimit(LEVELS)
        try:
            results.append(work())
        except BaseException as error:
            results.append(error)
        finally:
            sys.setrecursionlimit(limit)

    size, limit = threading.stack_size(STACK), sys.getrecursionlimit()
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]
