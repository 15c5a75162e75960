"""Notebooks made at random, from a seed: cells that make, share, change, rebind and delete values of many kinds."""

from __future__ import annotations

import tests.values.helpers.features  # noqa: F401
from tests.values.helpers.maker import Maker


def random_notebook(seed: int) -> list[str]:
    """Its cells. The same seed gives the same notebook."""
    return Maker(seed).notebook()
