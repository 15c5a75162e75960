"""The trap notebooks of the value layer through the command, every cell a step, in forks and in fresh interpreters."""

from __future__ import annotations

import pytest

from seeds import FEW_TRAPS, GUESSING, TRAPS, trap


@pytest.mark.parametrize("title", FEW_TRAPS)
def test_some(title, equals_run_all):
    equals_run_all(trap(title), *GUESSING)


@pytest.mark.heavy
@pytest.mark.parametrize("title", TRAPS)
def test_forks(title, equals_run_all):
    equals_run_all(trap(title), *GUESSING)


@pytest.mark.heavy
@pytest.mark.parametrize("title", TRAPS)
def test_fresh_interpreters(title, equals_run_all):
    equals_run_all(trap(title), "--fresh", *GUESSING)
