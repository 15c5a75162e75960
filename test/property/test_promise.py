"""Every row of docs/promise.md is true: its notebook runs through the command and says the sentence; the page has every row."""

from __future__ import annotations

import importlib
import os
import re

import pytest

from flows.command import ROOT
from flows.examine import examine
from limits import CARRIED, LIMITS
from seeds import GUESSING

with open(os.path.join(ROOT, "docs/promise.md")) as _file:
    PAGE = _file.read()


def _said(ran) -> list[str]:
    failures = [event["failure"] for event in ran.of("task-failed")] + [event["report"]["failure"] for event in ran.of("task-executed")]
    warnings = [each for event in ran.of("task-executed") for each in event["report"]["warnings"]]
    return [*(event["sentence"] for event in ran.of("diagnostic")), *warnings, *(each["message"] for each in failures if each)]


def _is_past(module: str, major: int) -> bool:
    return int(importlib.import_module(module).__version__.split(".")[0]) >= major


@pytest.mark.heavy
@pytest.mark.parametrize("title", LIMITS)
def test_limit(title):
    limit = LIMITS[title]
    verdict = examine(limit.notebook, *GUESSING)
    assert not limit.says or limit.says in _said(verdict.ran)
    if limit.until is not None and _is_past(*limit.until):
        assert verdict.problems == []
    elif limit.shows is not None:
        last = len(limit.notebook.cells) - 1
        assert any(f"cell {last} shows" in each and repr(limit.shows)[1:-1] in each.replace("\\\\n", "\\n") for each in verdict.problems)


@pytest.mark.heavy
@pytest.mark.parametrize("title", CARRIED)
def test_carried(title, equals_run_all):
    equals_run_all(CARRIED[title], *GUESSING)


def test_the_page_has_every_row():
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)[1:]
    assert [title for title, _ in rows] == list(LIMITS)
    for title, instead in rows:
        assert LIMITS[title].says in instead
