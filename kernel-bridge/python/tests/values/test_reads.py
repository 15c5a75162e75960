"""What a step says it read, and which names it got."""

from __future__ import annotations

import types

from headwater.store.disk import DiskStore
from headwater.values import Session


def open_session(run, attempt="b.0"):
    session = Session(DiskStore(run.root, "run"), attempt, types.ModuleType("__main__"))
    session.set_world(run.world)
    return session


def test_reads_are_what_was_asked_for(run):
    """What came along with it is no read, a name that is not there is one."""
    run.step("a.0", "x = [1]\ny = x\nz = 3")
    session = open_session(run)
    assert sorted(session.load(["x", "nope"])) == ["x", "y"]
    assert session.reads == {"x": "a.0", "nope": None}
    assert sorted(n for n in vars(session.main) if n[0] != "_") == ["x", "y"]


def test_companions_count_in_a_step_that_uses_what_it_finds(run):
    run.step("a.0", "x = [1]\ny = x")
    session = open_session(run)
    session.load(["x"], companions_read=True)
    assert session.reads == {"x": "a.0", "y": "a.0"}


def test_asked_again_is_still_one_read(run):
    run.step("a.0", "x = [1]")
    session = open_session(run)
    session.load(["x"])
    assert session.load(["x"]) == []
    assert session.reads == {"x": "a.0"}


def test_what_the_step_bound_itself_is_no_read(run):
    run.step("a.0", "x = [1]\ny = x")
    session = open_session(run)
    vars(session.main)["x"] = 5
    assert session.load(["x"]) == []
    assert session.reads == {}
    assert session.load(["y"]) == ["y"]
    assert session.main.x == 5


def test_units_read(run):
    run.step("a.0", "class B: pass\nclass C(B): pass\nc = C()\ndef f(): pass")
    session = open_session(run)
    session.load(["c"])
    assert sorted(session.read_units) == ["c:a:B", "c:a:C"]
    assert type(session.main.c).__mro__[1].__name__ == "B"
    assert "C" not in vars(session.main)


def test_close_over(run):
    """What loaded functions refer to, and what that refers to; attributes of the same name do not count."""
    run.step(
        "a.0", "k = 2\nother = 3\nunused = 4\ndef g(x): return x * k\ndef f(x):\n    def inner(): return g(x)\n    return inner(), x.other"
    )
    session = open_session(run)
    session.load(["f"])
    session.close_over()
    assert session.reads == {"f": "a.0", "g": "a.0", "k": "a.0"}


def test_close_over_stays_in_the_namespace(run):
    """A function with globals of its own refers to nothing of ours."""
    run.step("a.0", "q = 1\nns = {}\nexec('def f(): return q', ns)\nf = ns['f']")
    session = open_session(run)
    session.load(["f"])
    session.close_over()
    assert "q" not in session.reads


def test_load_everything_leaves_process_state_to_who_asks_for_it(run):
    run.step("a.0", "x = 1")
    run.world["names"]["file:out.csv"] = ["a.0", ""]
    session = open_session(run)
    session.load_everything()
    assert session.reads == {"x": "a.0"}


def test_process_state_is_a_name_outside_the_namespace(run):
    store = DiskStore(run.root, "run")
    session = Session(store, "a.0", types.ModuleType("__main__"))
    session.state["%cwd"] = "/tmp"
    saved = session.save()
    store.write_manifest("a.0", {"groups": saved.groups})
    assert saved.delta["binds"] == {"%cwd": ["a.0", "a.0/0"]}
    run.world["names"].update(saved.delta["binds"])

    later = open_session(run)
    assert later.load(["%cwd"]) == ["%cwd"]
    assert later.state == {"%cwd": "/tmp"}
    later.state["%cwd"] = "".join(["/", "tmp"])  # given anew, the same
    assert later.save().delta["binds"] == {}
    later.state["%cwd"] = "/"
    assert later.save().delta["binds"] == {"%cwd": ["b.0", "b.0/0"]}


def test_the_world_may_move_on_meanwhile(run):
    """A held step gets a newer world; what it has loaded is still based on where it came from."""
    run.step("a.0", "x = [1]\ny = [2]")
    session = open_session(run, "c.0")
    session.load(["x"])
    run.step("b.0", "z = x")
    session.set_world(run.world)
    session.main.x.append(5)
    delta = session.save().delta
    assert delta["based"] == {"n:x": "a.0/0"}


def test_a_version_read_is_the_one_that_was_loaded(run):
    """Asked for again after the world moved on: what it has is still the old value."""
    run.step("a.0", "x = [1]")
    session = open_session(run, "c.0")
    session.load(["x"])
    run.step("b.0", "x.append(2)")
    session.set_world(run.world)
    session.load(["x"])
    assert session.reads == {"x": "a.0"}


def test_finalizing(run):
    """Names whose rebinding runs a finalizer must be loaded before."""
    run.step("a.0", "class F:\n    def __del__(self): pass\nclass G: pass\nf = [F()]\ng = G()\nn = 1")
    assert open_session(run).finalizing(["f", "g", "n", "nope"]) == ["f"]


def test_dotted_imports(run):
    """They are delivered once, and bring submodules back with the package."""
    store = DiskStore(run.root, "run")
    session = Session(store, "a.0", types.ModuleType("__main__"))
    session.imports.add("xml.dom")
    exec("import xml.dom", vars(session.main))
    saved = session.save()
    assert saved.delta["imports"] == ["xml.dom"]
    store.write_manifest("a.0", {"groups": saved.groups})
    run.world["names"].update(saved.delta["binds"])
    run.world["imports"] = ["xml.dom"]
    assert run.step("b.0", "print(xml.dom.Node.ELEMENT_NODE)")["printed"] == "1\n"
