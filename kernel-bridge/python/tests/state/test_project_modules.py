"""What the project's own modules remember goes from step to step."""

import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from headwater.state.prints import print_of

from .flows import run_both

MODULES = {
    "config.py": "settings = {'mode': 'test'}\nlevel = 1\ndef load(mode):\n    global level\n    settings['mode'] = mode\n    level += 1\n",
    "model.py": (
        "import random, threading\nfrom config import settings\nrng = random.Random(7)\nlock = threading.Lock()\n"
        "class Model:\n    made = 0\n    def __init__(self):\n        Model.made += 1\n"
        "def mode():\n    return settings['mode']\n"
    ),
    "site-packages/library.py": "seen = []\n",
    "store.py": (
        "import sqlite3\nconnection = None\nopened = 0\ndef connect():\n    global connection, opened\n"
        "    connection = sqlite3.connect(':memory:')\n    opened += 1\n"
    ),
}


def run(tmp_path: Path, steps: list, mode: str):
    return run_both(tmp_path, MODULES, steps, mode)


@pytest.mark.parametrize("mode", ["fresh", "fork"])
def test_is_as_in_one_process(tmp_path: Path, mode: str) -> None:
    steps = [
        "import config; config.load('prod')",
        "import model; model.Model(); print(model.mode(), model.rng.random())",
        "import config, model; model.Model(); config.load('late'); print(config.level, model.mode(), model.Model.made, model.rng.random())",
        "import model, config; print(config.settings is model.settings, model.mode(), config.level)",
    ]
    apart, together = run(tmp_path, steps, mode)
    assert apart.printed == together.printed
    assert together.printed[3] == "True late 3"


def test_only_changes_are_carried_and_only_who_has_such_a_module_reads_them(tmp_path: Path) -> None:
    steps = ["import config", "x = 1", "import config; config.load('prod')", "import config; config.settings", "y = 2"]
    apart, _ = run(tmp_path, steps, "fresh")
    assert [sorted(changed) for changed in apart.changed] == [[], [], ["%modules"], [], []]
    assert ["%modules" in read for read in apart.read] == [True, False, True, True, False]


def test_what_cannot_be_compared_and_what_belongs_to_libraries_is_left_alone(tmp_path: Path) -> None:
    steps = [
        "import sys; sys.path.insert(1, FOLDER + '/site-packages')\nimport model, library\nlibrary.seen.append(1); model.lock.locked()",
        "import model; print(model.lock.locked())",
    ]
    apart, together = run(tmp_path, steps, "fresh")
    assert apart.printed == together.printed == ["", "False"]
    assert [sorted(changed) for changed in apart.changed] == [["%path"], []]


def test_what_changed_and_cannot_go_along_is_named_alone(tmp_path: Path) -> None:
    steps = ["import store; store.connect()", "import store; print(store.opened, store.connection)"]
    apart, _ = run(tmp_path, steps, "fresh")
    assert apart.printed[1] == "1 None"
    assert apart.problems[0] == ["store.connection as this step left it is not carried on: later steps have it as it was imported"]


CHANGES = {
    "a number in a list": ([1, [2]], lambda o: o[1].append(3), True),
    "an array": (np.zeros(10), lambda o: o.__setitem__(3, 1), True),
    "a column": (pd.DataFrame({"x": [1, 2]}), lambda o: o.__setitem__("y", 3), True),
    "a generator of random numbers": (np.random.default_rng(1), lambda o: o.random(), True),
    "a function in a registry": ({}, lambda o: o.update(f=len), True),
    "another package's object, inside": ([threading.Lock()], lambda o: o[0].acquire(), False),
    "another one of these": ([threading.Lock()], lambda o: o.__setitem__(0, threading.Lock()), True),
    "more than is compared": ([np.zeros(3_000_000)], lambda o: o[0].__setitem__(0, 1), False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_counts_as_a_change(what: str) -> None:
    value, change, counts = CHANGES[what]
    before, kept = print_of(value, ()), list(value) if isinstance(value, list) else value
    assert print_of(value, ()) == before
    change(value)
    assert (print_of(value, ()) != before) is counts, kept
