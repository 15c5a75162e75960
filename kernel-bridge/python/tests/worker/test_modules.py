"""Modules of the project: found the same whether somebody looked ahead before the fork or not."""

import importlib
import sys

import pytest

from headwater.worker import modules


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with three modules, first in the search path; what is imported in the test is gone after it."""
    for name in ("hw_early", "hw_later", "hw_last"):
        (tmp_path / f"{name}.py").write_text(f"name = {name!r}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(modules, "_inherited", None)
    before = list(sys.modules.items())
    yield str(tmp_path)
    sys.modules.clear()
    sys.modules.update(before)


def test_looking_ahead_changes_nothing_but_where_is_looked(project):
    importlib.import_module("hw_early")
    modules.look_ahead(project)
    assert sorted(modules.local_modules(project)) == ["hw_early.py"]
    importlib.import_module("hw_later")
    importlib.import_module("hw_last")
    ahead = modules.local_modules(project)
    modules._inherited = None
    assert ahead == modules.local_modules(project)
    assert sorted(ahead) == ["hw_early.py", "hw_last.py", "hw_later.py"]


def test_a_module_that_takes_the_place_of_a_known_one_is_seen(project):
    stand_in = sys.modules["hw_later"] = type(sys)("hw_later")
    modules.look_ahead(project)
    assert modules.local_modules(project) == {}
    del sys.modules["hw_later"]
    assert importlib.import_module("hw_later") is not stand_in
    assert list(modules.local_modules(project)) == ["hw_later.py"]


def test_where_our_own_place_is_gone_everything_is_looked_at(project):
    importlib.import_module("hw_early")
    modules.look_ahead(project)
    importlib.import_module("hw_later")
    del sys.modules[modules.__name__]
    importlib.import_module("hw_last")
    assert sorted(modules.local_modules(project)) == ["hw_early.py", "hw_last.py", "hw_later.py"]
