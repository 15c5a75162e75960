"""An engine with a fault does not pass: for each fault there are notebooks that show it, and the engine without it passes these."""

from __future__ import annotations

import shutil

import pytest

from engines.copy import apply_fault, copy_engine
from engines.faults import FAULTS, Fault
from engines.shows import SHOWS
from flows.examine import examine
from flows.notebook import Notebook
from making.random_flow import random_flow
from seeds import GUESSING, TRAPS, trap

LEAST = 10


def _notebook(name: int | str) -> Notebook:
    if isinstance(name, int):
        return random_flow(name)[0]
    return SHOWS[name] if name in SHOWS else trap(name)


def _is_noticed(fault: Fault, engine: str) -> bool:
    return any(examine(_notebook(name), *GUESSING, engine=engine).problems for name in fault.shown_by)


def test_there_are_enough():
    assert len(FAULTS) >= LEAST
    assert all(name in TRAPS or name in SHOWS for fault in FAULTS.values() for name in fault.shown_by if isinstance(name, str))


@pytest.mark.parametrize("title", FAULTS)
def test_is_in_lines_that_are_there(title):
    """Quick, so that whoever rewrites such a line hears of it at once."""
    assert apply_fault(FAULTS[title])


@pytest.mark.heavy
@pytest.mark.parametrize("title", FAULTS)
def test_noticed(title, tmp_path):
    engine = copy_engine(str(tmp_path), FAULTS[title])
    assert _is_noticed(FAULTS[title], engine)
    shutil.rmtree(engine)


@pytest.mark.heavy
def test_an_unchanged_copy_is_as_good(tmp_path, equals_run_all):
    """What is noticed is the fault, not the copying."""
    assert examine(_notebook("hidden change"), *GUESSING, engine=copy_engine(str(tmp_path), None)).problems == []


@pytest.mark.heavy
@pytest.mark.parametrize("title", SHOWS)
def test_the_engine_passes(title, equals_run_all):
    equals_run_all(SHOWS[title], *GUESSING)
