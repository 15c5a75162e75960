"""Random notebooks, in two ways of loading. `HEADWATER_NOTEBOOKS=1000 HEADWATER_SEED=7` makes it more, and others."""

from __future__ import annotations

import os

import pytest

from tests.values.helpers.notebook import Flow
from tests.values.helpers.random_notebook import random_notebook

FIRST = int(os.environ.get("HEADWATER_SEED", "0")) * 100_000
COUNT = int(os.environ.get("HEADWATER_NOTEBOOKS", "60"))


@pytest.mark.slow
@pytest.mark.parametrize("lag", [1, 2])
@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
def test_as_if_in_parallel(seed, lag, forked, tmp_path):
    """Each step runs in an older world first; what it says of its reads and bases tells whether that may stand."""
    assert Flow(forked, str(tmp_path), random_notebook(seed), ("lazy", "closed")[seed % 2], lag=lag).run() == []


@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
def test_notebook(seed, forked, tmp_path):
    """Both ways by turns, so that a run of many covers each with half of them."""
    assert Flow(forked, str(tmp_path), random_notebook(seed), ("everything", "closed")[seed % 2]).run() == []
