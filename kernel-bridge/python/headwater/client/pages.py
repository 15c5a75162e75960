"""Pages of a stored frame: what the table viewer of the editors asks, one JSON object a line in and out."""

from __future__ import annotations

import json
import sys
from typing import Any

KEPT = 4
"""Frames in memory at once."""

LONGEST = 300
"""Characters of one cell."""


class NoTable(Exception):
    """It cannot be paged through. The message says why."""


def page(frame: Any, first: int, count: int, sort: dict[str, Any] | None, text: str) -> dict[str, Any]:
    """Rows `first` to `first + count` of a DataFrame, after filtering for `text` in any cell and sorting by one column."""
    import pandas

    chosen = frame
    if text:
        hit = pandas.Series(False, index=range(len(frame)))
        for at in range(frame.shape[1]):
            hit |= frame.iloc[:, at].astype(str).str.contains(text, case=False, regex=False).to_numpy()
        chosen = frame[hit.to_numpy()]
    if sort is not None:
        at = [str(name) for name in frame.columns].index(sort["column"])
        order = chosen.iloc[:, at].reset_index(drop=True).sort_values(ascending=not sort["descending"], kind="stable").index
        chosen = chosen.iloc[order]
    shown = chosen.iloc[first : first + count]
    columns = [{"name": str(name), "type": str(frame.dtypes.iloc[at])} for at, name in enumerate(frame.columns)]
    rows = zip(*(shown.iloc[:, at].tolist() for at in range(frame.shape[1])))
    return {
        "columns": columns,
        "index": [str(label)[:LONGEST] for label in shown.index],
        "rows": [[plain(value) for value in row] for row in rows],
        "first": first,
        "matching": len(chosen),
        "total": len(frame),
    }


def plain(value: Any) -> Any:
    """The value as JSON: numbers and truth values as they are, everything else as short text, None for what is missing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else (None if value != value else str(value))
    if isinstance(value, int):
        # A JavaScript number holds no more digits.
        return value if abs(value) < 2**53 else str(value)
    text = str(value)
    return None if text in ("NaT", "<NA>") else text[:LONGEST]


def as_frame(value: Any) -> Any:
    """A DataFrame of what is a table; raises NoTable for what is none."""
    import pandas

    if isinstance(value, pandas.DataFrame):
        return value
    if isinstance(value, pandas.Series):
        return value.to_frame("value" if value.name is None else str(value.name))
    if getattr(value, "ndim", 0) in (1, 2) and hasattr(value, "dtype"):
        return pandas.DataFrame(value)
    raise NoTable(f"a {type(value).__name__} is no table")


class Frames:
    """The frames asked for lately."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def get(self, store: str, artifact: str) -> Any:
        """The frame. Raises what loading raises."""
        import headwater

        key = (store, artifact)
        if key not in self._kept:
            headwater.use(store)
            self._kept[key] = as_frame(headwater.load(artifact))
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[key]


def answer(frames: Frames, question: dict[str, Any]) -> dict[str, Any]:
    """A page, or `problem` with a sentence."""
    from headwater.client.data import NotStored
    from headwater.client.locate import StoreError
    from headwater.values.errors import CannotLoad

    try:
        frame = frames.get(question["store"], question["artifact"])
        return page(frame, question["first"], question["count"], question["sort"], question["filter"])
    except (NoTable, NotStored, StoreError, CannotLoad, KeyError, ImportError, ValueError, OSError) as error:
        return {"problem": f"{question['artifact']} cannot be shown as a table: {error.args[0] if error.args else error}."}


def main() -> None:
    """Answers questions until there are no more."""
    frames = Frames()
    # What loading prints must not get between the answers.
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        out.write(json.dumps(answer(frames, json.loads(line)), allow_nan=False) + "\n")
        out.flush()
