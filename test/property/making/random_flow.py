"""Plain flows made at random, from a seed."""

from __future__ import annotations

from collections import Counter

import making.features  # noqa: F401
from flows.notebook import Notebook
from making.flow_maker import FlowMaker


def random_flow(seed: int) -> tuple[Notebook, Counter[str]]:
    """The same seed gives the same notebook; -> it and how often each feature occurs."""
    maker = FlowMaker(seed)
    return maker.flow(), maker.used
