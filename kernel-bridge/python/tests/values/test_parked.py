"""A process that stays, since it holds what cannot be stored, and runs a later step."""

from __future__ import annotations

from tests.values.helpers.notebook import commit
from tests.values.helpers.run import Process


def fuse(run, first, between, then, load):
    """`first` runs in a process that stays, `between` elsewhere, `then` in the first one again. → answer of the last."""
    with Process(run.root) as parked:
        run.world = commit(run.world, parked.ask("a.0", first, "all", run.world)["delta"])
        for number, (code, names) in enumerate(between):
            run.step(f"b{number}.0", code, load=names)
        answer = parked.ask("c.0", then, load, run.world)
        if "delta" in answer:
            run.world = commit(run.world, answer["delta"])
        return answer


def test_a_generator_goes_on(run):
    answer = fuse(run, "g = (i for i in range(9))\nprint(next(g))", [], "print(next(g), n) if 'n' in globals() else print(next(g))", ["g"])
    assert answer["printed"] == "1\n"
    assert answer["delta"]["reads"] == {"g": "a.0"}
    stone = answer["delta"]["tombstones"]["g"]
    assert (stone["version"], stone["step"]) == ("c.0", "a")  # it may have gone on, and it still lives where `a` ran


def test_one_that_nobody_asked_for_is_not_listed_again(run):
    answer = fuse(run, "g = (i for i in range(9))\nx = 1", [], "y = 2", ["x"])
    assert (answer["delta"]["tombstones"], list(answer["delta"]["binds"])) == ({}, ["y"])


def test_what_changed_elsewhere_is_loaded_again(run):
    answer = fuse(run, "g = (i for i in range(9))\nx = [1]\nk = [3]", [("x.append(2)", ["x"])], "print(x, k, next(g))", ["g", "x", "k"])
    assert answer["printed"] == "[1, 2] [3] 0\n"
    assert answer["delta"]["reads"] == {"g": "a.0", "x": "b0.0", "k": "a.0"}


def test_what_did_not_change_is_kept(run):
    """The same objects, and a change of them is seen."""
    answer = fuse(run, "g = (i for i in range(9))\nk = [3]\nkept = id(k)", [], "print(id(k) == kept)\nk.append(4)", ["g", "k", "kept"])
    assert answer["printed"] == "True\n"
    assert answer["delta"]["binds"] == {"k": ["c.0", "c.0/0"]}
    assert answer["delta"]["based"]["n:k"].startswith("a.0/")


def test_units_are_filled_again_in_place(run):
    """The generator's frame holds the function itself."""
    first = "class C: v = 1\ndef f(): return f.k, C.v\nf.k = 1\ndef gen():\n    h = f\n    while True: yield h()\ng = gen()\nprint(next(g))"
    answer = fuse(run, first, [("f.k = 2; C.v = 5", ["f", "C"])], "print(next(g))", ["g", "C"])
    assert answer["printed"] == "(2, 5)\n"


def test_new_code_in_place(run):
    first = "def f(): return 1\ndef gen(h):\n    while True: yield h()\ng = gen(f)\nprint(next(g))"
    answer = fuse(run, first, [("def _new(): return 2\nf.__code__ = _new.__code__", ["f"])], "print(next(g))", ["g"])
    assert answer["printed"] == "2\n"


def test_deleted_and_new_names(run):
    between = [("del x\nw = [7]", ["x"])]
    answer = fuse(run, "g = (i for i in [1])\nx = 1", between, "print('x' in globals(), w)", ["g", "w"])
    assert answer["printed"] == "False [7]\n"


def test_tied_names_stay_tied(run):
    """`L` is bound to the process with the generator that walks it."""
    answer = fuse(
        run, "L = [1]\ndef gen():\n    for i in L: yield i\ng = gen()\nx = 1", [("x = 2", ["x"])], "L.append(5)\nprint(list(g))", ["g", "L"]
    )
    assert answer["printed"] == "[1, 5]\n"
    assert answer["delta"]["binds"]["L"][0] == "c.0"


def test_regrouped_elsewhere_is_loaded_again(run):
    """An alias made elsewhere: a kept object would be a second one."""
    answer = fuse(run, "g = (i for i in [1])\nx = [1]", [("y = x", ["x"])], "next(g)\nprint(x is y)", ["g", "x", "y"])
    assert answer["printed"] == "True\n"


def test_new_ids_do_not_collide(run):
    answer = fuse(run, "g = (i for i in [1])\ndef f(): pass", [], "def h(): pass", ["g"])
    assert list(answer["delta"]["units"]) == ["f:c:h"]


def test_rebound_elsewhere_ends_it_here(run):
    answer = fuse(run, "g = (i for i in [1])\nx = 1", [("g = 5", [])], "print(g)", ["g"])
    assert answer["printed"] == "5\n"


def test_replay(run):
    """The process that held the generator is gone. Another one makes it again; what else it made is taken from the store."""
    first = "import os\nseed = os.urandom(8)\nL = [1]\nclass C: v = os.urandom(8)\ndef gen(seen):\n    for i in seen: yield i\ng = gen(L)"
    run.step("a.0", first)
    seed = run.see("[seed.hex(), C.v.hex()]", load=["seed", "C"])
    run.step("b.0", "other = [5]\nC.w = 3", load=["C"])
    with Process(run.root) as process:
        process.ask("a.0", first, "all", {"names": {}, "units": {}, "tombstones": {}, "imports": []}, replay=True)
        code = "L.append(2)\nprint([seed.hex(), C.v.hex()], C.w, other, list(g))"
        answer = process.ask("c.0", code, ["seed", "C", "other", "g", "L"], run.world, after_replay=True)
    assert answer["printed"] == f"{seed} 3 [5] [1, 2]\n"
    assert answer["delta"]["reads"] == {"seed": "a.0", "C": "a.0", "other": "b.0", "g": "a.0", "L": "a.0"}
    assert answer["delta"]["binds"]["L"][0] == "c.0"
    run.world = commit(run.world, answer["delta"])


def test_replay_of_several(run):
    """Two attempts that ran in one process, both made again in one."""
    codes = {"a.0": "g = (i for i in range(9))\nprint(next(g))", "c.0": "print(next(g))"}
    fuse(run, codes["a.0"], [], codes["c.0"], ["g"])
    with Process(run.root) as process:
        empty = {"names": {}, "units": {}, "tombstones": {}, "imports": []}
        first = process.ask("a.0", codes["a.0"], "all", empty, replay=True)
        process.ask("c.0", codes["c.0"], ["g"], commit(empty, first["delta"]), replay=True)
        assert process.ask("d.0", "print(next(g))", ["g"], run.world, after_replay=True)["printed"] == "2\n"


def test_nothing_of_ours_keeps_a_value_alive(run):
    """A finalizer runs when the person's code lets go, also after a save."""
    first = "class F:\n    def __del__(self): print('bye')\nx, y = F(), [F()]\ng = (i for i in [1])"
    assert fuse(run, first, [], "del x\nprint('then')\ny.clear()\nprint('end')", ["g", "x", "y"])["printed"] == "bye\nthen\nbye\nend\n"


def test_a_finalizer_runs_once(run):
    """The instance was made here and let go of elsewhere, where its `__del__` ran: dropping the copy that stayed is no second end."""
    first = "g = (i for i in range(9))\nclass F:\n    def __del__(self): print('end')\nf = F()"
    answer = fuse(run, first, [("del f", ["f"])], "print(next(g))", ["g"])
    assert answer["printed"] == "0\n"
