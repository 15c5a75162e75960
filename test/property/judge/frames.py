"""What cells show, in order, in the form of a run's output log; and the same without what no two runs have in common."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
TIMES = re.compile(r"(CPU times:|Wall time:)[^\n\\]*")
"""Also in a value that holds such a line."""
HASH = re.compile(r"ipython-input-\d+-[0-9a-f]+")
ONES_OWN = re.compile(r"[0-9a-f]{32}")
"""Ids of displays, made by chance."""


def by_cell(frames: list[dict[str, Any]]) -> dict[int, list[Any]]:
    """Cell → what it showed: text of one stream joined, addresses, times and ids made by chance left out."""
    cells: dict[int, list[Any]] = defaultdict(list)
    for frame in frames:
        shown = cells[frame["c"]]
        if frame["k"] == "stream" and shown and shown[-1][:2] == ["stream", frame["name"]]:
            shown[-1][2] += frame["text"]
        else:
            shown.append(_plain(frame))
    return {cell: [scrub(each) for each in shown] for cell, shown in sorted(cells.items())}


def _plain(frame: dict[str, Any]) -> list[Any]:
    kind = frame["k"]
    if kind == "stream":
        return [kind, frame["name"], frame["text"]]
    if kind == "clear":
        return [kind, frame["wait"]]
    if kind == "error":
        return [kind, frame["ename"], frame["evalue"], frame["traceback"]]
    return [kind, frame["data"], frame["metadata"], frame.get("number"), frame.get("id") is not None]


def scrub(value: Any) -> Any:
    """Without addresses, times and ids made by chance, at any depth."""
    if isinstance(value, str):
        for what in (ADDRESS, TIMES, HASH, ONES_OWN):
            value = what.sub("…", value)
        return value
    if isinstance(value, dict):
        return {key: scrub(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [scrub(each) for each in value]
    return value
