"""A version belongs to a name's content: what a step changed, and what it merely touched or regrouped."""

from __future__ import annotations


def changes(answer):
    """Names written again → version; what they were based on; names that are gone."""
    delta = answer["delta"]
    return {name: slot[0] for name, slot in delta["binds"].items()}, delta["based"], delta["unbinds"]


def test_nothing_changed_nothing_written(run):
    run.step("a.0", "x = [1]\ny = {'k': x}\nz = 5\ndef f(): return x\nclass C: v = x\nc = C()")
    answer = run.step("b.0", "f(); c.v; len(y)")
    assert changes(answer) == ({}, {}, [])
    assert (answer["groups"], answer["delta"]["units"]) == ([], {})


def test_content_changed(run):
    run.step("a.0", "x = [1]\ny = [2]")
    assert changes(run.step("b.0", "x.append(2)")) == ({"x": "b.0"}, {"n:x": "a.0/0"}, [])
    assert run.see("[x, y]") == [[1, 2], [2]]


def test_new_alias_leaves_the_old_version(run):
    """`s = df["x"]` ties a new name to an unchanged one: steps that had read the old one stay valid, but it is regrouped."""
    run.step("a.0", "x = [[1], 2]")
    assert changes(run.step("b.0", "y = x[0]")) == ({"x": "a.0", "y": "b.0"}, {"n:x": "a.0/0"}, [])
    assert run.see("y is x[0]")


def test_views_of_frames_and_arrays_leave_the_version(run):
    run.step("a.0", "import numpy as np, pandas as pd\nA = np.zeros(20000)\ndf = pd.DataFrame({'x': [1, 2], 'y': [3., 4.]})")
    versions, based, _ = changes(run.step("b.0", "B = A[1:]\ns = df['x']"))
    assert versions == {"A": "a.0", "B": "b.0", "df": "a.0", "s": "b.0"}
    assert set(based) == {"n:A", "n:df"}
    assert run.step("c.0", "A[1] = 5; print(B[0])")["printed"] == "5.0\n"


def test_merge_by_mutation(run):
    """The one that now holds the other changed; the other did not."""
    run.step("a.0", "x = [1]\ny = [2]")
    assert changes(run.step("b.0", "x.append(y)")) == ({"x": "b.0", "y": "a.0"}, {"n:x": "a.0/0", "n:y": "a.0/1"}, [])


def test_split_by_mutation(run):
    run.step("a.0", "y = [2]\nx = [1, y]")
    assert changes(run.step("b.0", "x.pop()")) == ({"x": "b.0", "y": "a.0"}, {"n:x": "a.0/0", "n:y": "a.0/0"}, [])
    assert changes(run.step("c.0", "y.append(3)"))[0] == {"y": "c.0"}


def test_rebound_to_an_equal_value_alone(run):
    """It is written, for a parallel step may have bound it otherwise, but it is no change."""
    run.step("a.0", "x = [1]")
    assert changes(run.step("b.0", "x = [1]")) == ({"x": "a.0"}, {"n:x": "a.0/0"}, [])


def test_rebound_to_an_equal_copy_of_an_alias(run):
    """`a` is no longer `b`: whoever read both must know."""
    run.step("a.0", "a = [1]\nb = a")
    assert changes(run.step("b.0", "a = list(a)")) == ({"a": "b.0", "b": "a.0"}, {"n:a": "a.0/0", "n:b": "a.0/0"}, [])
    assert run.see("a is b") is False


def test_rebound_to_an_equal_other_name(run):
    run.step("a.0", "a = [1]\nb = [1]")
    assert changes(run.step("b.0", "a = b"))[0] == {"a": "b.0", "b": "a.0"}
    assert run.see("a is b")


def test_alias_changed_inside(run):
    """Nobody is rebound and all contents are equal, but a part is shared in another way: nobody can say which of the two changed."""
    run.step("a.0", "p = [[1], [2]]\nq = [p[0], [2]]")
    assert changes(run.step("b.0", "q[0] = list(q[0]); q[1] = p[1]"))[0] == {"p": "b.0", "q": "b.0"}


def test_alias_kept_among_the_others(run):
    """One of three changes: the two others are tied as before and stay."""
    run.step("a.0", "L = [1]\na = [L, 'a']\nb = [L, 'b']\nc = [L, 'c']")
    assert changes(run.step("b.0", "a.append(3)"))[0] == {"a": "b.0", "b": "a.0", "c": "a.0", "L": "a.0"}


def test_very_many_shared_objects(run):
    """More shared objects than are spelled out one by one."""
    run.step("a.0", "a = [[i] for i in range(500)]\nb = list(a)\nc = list(a)")
    assert changes(run.step("b.0", "len(a)")) == ({}, {}, [])
    assert changes(run.step("c.0", "b[7] = [7]; c[7] = [7]"))[0] == {"a": "c.0", "b": "c.0", "c": "c.0"}
    assert run.see("[a[7] is b[7], a[8] is b[8]]") == [False, True]


def test_delete(run):
    run.step("a.0", "x = [1]\ny = x\nz = 1")
    assert changes(run.step("b.0", "del x, z")) == ({"y": "a.0"}, {"n:x": "a.0/0", "n:y": "a.0/0", "n:z": "a.0/1"}, ["x", "z"])
    assert run.see("sorted(n for n in globals() if len(n) == 1)") == ["y"]


def test_rebinding_without_loading(run):
    """Not based on anything: whatever an earlier step makes of the old value, this one replaces it."""
    run.step("a.0", "x = [1]\ny = x")
    answer = run.step("b.0", "x = 7", load=[])
    assert changes(answer) == ({"x": "b.0"}, {}, [])
    assert run.see("[x, y]") == [7, [1]]


def test_stale_member_of_a_loaded_group(run):
    """`x` moved on without its group: when `y` is loaded later, the old `x` in there counts for nothing."""
    run.step("a.0", "x = [1]\ny = [x]")
    run.step("b.0", "x = 7", load=[])
    assert changes(run.step("c.0", "y.append(x)", load=["y", "x"]))[0] == {"y": "c.0"}
    assert run.see("[x, y]") == [7, [[1], 7]]


def test_units_have_versions_of_their_own(run):
    """A class that counts changes itself, not its instances, nor who refers to it."""
    run.step("a.0", "class C:\n    count = 0\nc = C()\nL = [C]")
    answer = run.step("b.0", "c.__class__.count += 1", load=["c"])
    assert changes(answer)[0] == {}
    assert answer["delta"]["units"] == {"c:a:C": ["b.0", "b.0/0"]}
    assert answer["delta"]["based"] == {"u:c:a:C": "a.0/3"}
    assert run.see("[c.count, L[0].count, C is type(c)]") == [1, 1, True]


def test_unit_changed_after_its_name_is_gone(run):
    """`C.n += 1; del C` while an instance in a name that nobody loaded still uses it."""
    run.step("a.0", "class C:\n    n = 0\nc = C()")
    run.step("b.0", "C.n += 1\ndel C", load=["C"])
    assert run.see("type(c).n") == 1


def test_closure_cell_is_a_change_of_the_cell(run):
    run.step(
        "a.0", "def make():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\ninc = make()"
    )
    answer = run.step("b.0", "inc()", load=["inc"])
    assert (changes(answer)[0], list(answer["delta"]["units"])) == ({}, ["l:a:make.<locals>.inc.n"])
    assert run.see("inc()") == 2


def test_large_values_are_compared_with_what_is_stored(run):
    """Above 64 KiB of header no second pickle is taken after loading."""
    run.step("a.0", "x = [str(i) for i in range(20000)]\ny = {'x': x}")
    assert changes(run.step("b.0", "len(x)")) == ({}, {}, [])
    assert changes(run.step("c.0", "x[5] = 'new'"))[0] == {"x": "c.0", "y": "c.0"}


def test_swapped_buffers_are_a_change(run):
    """Two clean mapped arrays of one shape: the header is the same, and no page is dirty."""
    run.step("a.0", "import numpy as np\nD = {'a': np.zeros(100000), 'b': np.ones(100000)}")
    assert changes(run.step("b.0", "D['a'], D['b'] = D['b'], D['a']"))[0] == {"D": "b.0"}
    assert run.see("[D['a'][0], D['b'][0]]") == [1.0, 0.0]
