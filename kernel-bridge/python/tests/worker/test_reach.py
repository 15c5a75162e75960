"""Which silent looks and writes of a module the words of a cell lead to."""

import pytest

from headwater.worker.reach import Reach

MODULE = """
import os
import torch

class Store:
    folder = "out"

    def has(self, name):
        return _is_there(name)

    def keep(self, model):
        torch.save(model, "model.pt")

def _is_there(name):
    return any(os.path.isfile(each) for each in [name])

def train(rows):
    def loss(row):
        return row * 2
    return sum(map(loss, rows))

def existing(rows):
    return [row for row in rows if row]
"""


def _reach(text, module=MODULE):
    reach = Reach()
    reach.add(compile(module, "helpers.py", "exec"))
    reach.use(text, [])
    return reach


@pytest.mark.parametrize(
    "text, asks, writes",
    [
        ("total = helpers.train([1])", False, False),
        ("helpers.existing(rows)", False, False),
        ("found = store.has('x')", True, False),
        ("store.keep(model)", False, True),
        ("store = helpers.Store()", True, True),
        ("", False, False),
    ],
)
def test_what_a_cell_leads_to(text, asks, writes):
    reach = _reach(text)
    assert (reach.asks(), reach.writes()) == (asks, writes)


@pytest.mark.parametrize(
    "top, asks",
    [
        ("import os\nif not os.path.exists('out'):\n    pass", True),
        ("import os\nFOUND = [each for each in 'ab' if os.path.exists(each)]", True),
        ("class Paths:\n    import os\n    there = os.path.isdir('out')", True),
        ("import os\ndef later():\n    return os.path.exists('out')", False),
        ("import os\ndef now():\n    return os.path.exists('out')\nNOW = now()", True),
        ("import polars as pl\nrows = pl.scan_csv('rows.csv')", True),
    ],
)
def test_what_importing_leads_to(top, asks):
    assert _reach("1", top).asks() is asks


def test_functions_of_the_notebook_lead_on():
    reach = _reach("1")
    code = compile("def check():\n    return store.has('x')", "cell", "exec").co_consts[0]
    reach.use("check()", [code])
    assert reach.asks()


def test_functions_of_scripts_count_where_they_are_called():
    reach = Reach()
    code = compile("def check():\n    return os.path.exists('x')", "helpers.py", "exec").co_consts[0]
    reach.use("check()", [code], [code])
    assert reach.asks()
    reach.use("other()", [], [code])
    assert not reach.asks()


def test_without_modules_nothing_is_reached():
    reach = Reach()
    reach.use("os.path.exists('x')", [])
    assert not reach.asks()
    assert not reach.writes()
