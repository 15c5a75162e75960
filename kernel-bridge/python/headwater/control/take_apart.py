"""The list of a foreach: its elements in order, and what a person calls each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from headwater.control.rows import rows_of

MOST = 1_000_000
"""Elements: a run with more tasks would spend its time on keeping books."""

LABEL = 40
"""Characters of a label."""


class NotAList(Exception):
    """What a foreach cannot go over. The message is a sentence."""


def take_apart(value: Any, name: str, step: str) -> Iterator[Any]:
    """As `for` would, a frame by rows. Raises NotAList for what has no length, and for more than a run can carry."""
    kind = type(value).__name__
    try:
        count = len(value)
        elements = rows_of(value) if _is_frame(value) else iter(value)
    except TypeError:
        hint = f"make it a list: `{name} = list({name})`" if hasattr(value, "__next__") or hasattr(value, "__iter__") else "give it a list"
        raise NotAList(f"{step} goes over `{name}`, which is {_article(kind)}, not a list; {hint}") from None
    if count > MOST:
        raise NotAList(f"{step} goes over `{name}`, which has {count:,} elements; at most {MOST:,} can be tasks. Go over parts of it")
    return elements


def element(value: Any, index: int) -> Any:
    """The one that `take_apart` gives as number `index`."""
    if isinstance(value, (list, tuple, str, range, bytes)) or (_is_array(value) and value.ndim > 0):
        return value[index]
    return next(each for at, each in enumerate(take_apart(value, "list", "step")) if at == index)


def label(value: Any) -> str:
    """The beginning of its text on one line."""
    try:
        scalar = isinstance(value, str) or type(value).__module__ == "numpy"
        text = str(value) if scalar else repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    line = " ".join(text.split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


def _is_frame(value: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def _is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def _article(kind: str) -> str:
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"
