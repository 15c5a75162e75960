"""Branches of a foreach beside each other in their join."""

from __future__ import annotations

import types

import pytest

from headwater.store.disk import DiskStore
from headwater.values import Session, View
from tests.values.helpers.notebook import commit

BEFORE = """
import enum
class Model:
    count = 0
    def __init__(self, v): self.v = v
    def get(self): return self.v
class Color(enum.Enum):
    RED = 1
def make():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
inc = make()
def helper(): return 7
shared = [1]
"""


@pytest.fixture
def branches(run):
    """The world before, and the worlds of two branches; a session of the join."""
    run.step("a.0", BEFORE)
    worlds = []
    for i in range(2):
        code = f"model = Model({i})\nalias = [model]\nModel.count += 1\nfor _ in range({i} + 1): inc()\n"
        code += "color = Color.RED\nclass Own: pass\nown = Own()\nf = helper"
        worlds.append(commit(run.world, run.step(f"train[{i}].0", code, committed=False)["delta"]))
    session = Session(DiskStore(run.root, "run"), "join.0", types.ModuleType("__main__"))
    session.set_world(run.world)
    return run, session, [View(session, world) for world in worlds]


def test_values_and_their_classes(branches):
    _, session, views = branches
    models = [view.get("model") for view in views]
    assert [m.v for m in models] == [0, 1]
    session.load(["Model", "Color"])
    assert all(type(m) is session.main.Model for m in models)
    assert all(view.get("alias")[0] is view.get("model") for view in views)
    assert all(view.get("color") is session.main.Color.RED for view in views)
    assert sorted(n for n in vars(session.main) if n[0] != "_") == ["Color", "Model"]


def test_what_a_branch_changed_is_its_own(branches):
    _, session, views = branches
    assert [view.get("inc")() for view in views] == [2, 3]
    session.load(["inc", "helper"])
    assert session.main.inc() == 1
    assert all(view.get("f") is session.main.helper for view in views)
    assert views[0].get("own").__class__ is not views[1].get("own").__class__


def test_what_is_there(branches):
    _, _, views = branches
    assert {"model", "shared", "inc"} <= set(views[0].names())
    with pytest.raises(KeyError):
        views[0].get("nope")


def test_the_join_saves_what_it_keeps(branches):
    run, session, views = branches
    session.main.models = [view.get("model") for view in views]
    session.main.incs = [view.get("inc") for view in views]
    saved = session.save()
    session.store.write_manifest("join.0", {"groups": saved.groups})
    run.world = commit(run.world, saved.delta)
    code = "print([m.v for m in models], all(type(m) is Model for m in models), [f() for f in incs], inc())"
    assert run.step("z.0", code)["printed"] == "[0, 1] True [2, 3] 1\n"
