"""Hand-written notebooks, one for each way a value once came back wrong (their titles say which)."""

from __future__ import annotations

import json
import pathlib
import sys

import pytest

from tests.values.helpers.notebook import Flow, Processes

TRAPS = json.loads((pathlib.Path(__file__).parent / "traps.json").read_text())
FEW = [
    "redefined class keeps old instances",
    "enum auto iter",
    "exec ns",
    "lru cache bounded kw",
    "views of views",
    "swap merge split",
    "getsource",
]

if sys.version_info < (3, 10):
    del TRAPS["dataclass inherit slots"]  # writes @dataclass(slots=True)


@pytest.mark.parametrize("mode", ["everything", "closed"])
@pytest.mark.parametrize("title", TRAPS)
def test_forked(title, mode, forked, tmp_path):
    assert Flow(forked, str(tmp_path), TRAPS[title], mode).run() == []


@pytest.mark.slow
@pytest.mark.parametrize("title", TRAPS)
def test_lazy(title, forked, tmp_path):
    assert Flow(forked, str(tmp_path), TRAPS[title], "lazy").run() == []


@pytest.mark.parametrize("title", FEW)
def test_fresh_interpreters(title, tmp_path):
    assert Flow(Processes(fresh=True), str(tmp_path), TRAPS[title], "closed", look="last").run() == []


@pytest.mark.slow
@pytest.mark.parametrize("title", TRAPS)
def test_all_in_fresh_interpreters(title, tmp_path):
    assert Flow(Processes(fresh=True), str(tmp_path), TRAPS[title], "closed").run() == []
