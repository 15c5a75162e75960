"""The random notebooks of the suite, and the hand-written ones, one for each way a value once came back wrong."""

from __future__ import annotations

import json
import os

from flows.command import ROOT
from flows.notebook import Notebook, step

HEAVY = range(200)
QUICK = range(200, 220)
GUESSING = ("--max-workers", "4")
"""More workers than cores, so that steps overtake each other."""

with open(os.path.join(ROOT, "kernel-bridge/python/tests/values/traps.json")) as _file:
    TRAPS: dict[str, list[str]] = json.load(_file)

FEW_TRAPS = ("redefined class keeps old instances", "lru cache bounded kw", "views of views", "swap merge split", "del finalizer")


def trap(title: str) -> Notebook:
    """Each cell is a step."""
    return Notebook([step(f"s{at}", source) for at, source in enumerate(TRAPS[title])])
