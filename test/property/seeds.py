"""The random notebooks of the suite, and the hand-written ones, one for each way a value once came back wrong."""

from __future__ import annotations

import json
import os

from flows.command import ROOT
from flows.notebook import Notebook, step
from making.feature import all_features
from making.random_flow import random_flow

HEAVY = range(200)
QUICK = range(200, 220)
GUESSING = ("--max-workers", "4")
"""More workers than cores, so that steps overtake each other."""

STAYING = ("files", "magics")
"""Themes of what a step finds on its machine: files that another one wrote, programs."""


def travelling_seeds() -> list[int]:
    """Of notebooks whose steps may each run on another machine."""
    staying = {each.name for each in all_features() if each.theme in STAYING}
    return [seed for seed in HEAVY if not staying & random_flow(seed)[1].keys()]


with open(os.path.join(ROOT, "kernel-bridge/python/tests/values/traps.json")) as _file:
    TRAPS: dict[str, list[str]] = json.load(_file)

FEW_TRAPS = ("redefined class keeps old instances", "lru cache bounded kw", "views of views", "swap merge split", "del finalizer")


def trap(title: str) -> Notebook:
    """Each cell is a step."""
    return Notebook([step(f"s{at}", source) for at, source in enumerate(TRAPS[title])])
