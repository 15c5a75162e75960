"""The session at work. Unpickling calls plain functions by name; this is how they find what they belong to."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.values.session import Session

_at_work: list[Session] = []


def current() -> Session:
    """The session that loads or saves right now. IndexError outside of that: stored pickles are no use without one."""
    return _at_work[-1]


@contextmanager
def at_work(session: Session) -> Iterator[None]:
    """Makes `session` the current one. The collector rests meanwhile: it would take most of the time of a large load (4 times measured)."""
    collecting = gc.isenabled()
    gc.disable()
    _at_work.append(session)
    try:
        yield
    finally:
        _at_work.pop()
        if collecting:
            gc.enable()
