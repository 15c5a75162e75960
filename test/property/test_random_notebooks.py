"""Random notebooks through the command end as in plain IPython: names, values, aliases, output, errors, files, process state."""

from __future__ import annotations

import pytest

from making.random_flow import random_flow
from seeds import GUESSING, HEAVY, QUICK

FEATURES = 40


def test_the_notebooks_are_of_many_features(record_property):
    met = {name for seed in HEAVY for name in random_flow(seed)[1]}
    record_property("features", str(len(met)))
    assert len(met) >= FEATURES


@pytest.mark.parametrize("seed", QUICK)
def test_some(seed, equals_run_all):
    equals_run_all(random_flow(seed)[0], *GUESSING)


@pytest.mark.heavy
def test_many(heavy_seed, equals_run_all):
    equals_run_all(random_flow(heavy_seed)[0], *GUESSING)
