"""Values that fight back: no code of theirs runs, nothing is printed, nothing is raised, and little time is taken."""

import json
import subprocess
import sys
import warnings
from collections import Counter
from typing import Any

import pytest

from headwater.previews.html import render_html
from headwater.previews.make import preview
from headwater.previews.naming import describe_type
from headwater.previews.shape import shape_of
from headwater.previews.text import render

from .conftest import ROOT

MOST_CALLS = 100_000
"""Four times what the most costly value takes; each has at least ten times as many parts."""

called: list[str] = []


def trap(name: str) -> Any:
    def method(*_: Any, **__: Any) -> Any:
        called.append(name)
        raise RuntimeError(name)

    return method


NAMES = (
    "__repr__", "__str__", "__len__", "__eq__", "__ne__", "__hash__", "__bool__", "__iter__", "__getitem__", "__contains__", "__getattr__",
    "__format__", "__int__", "__float__", "__index__", "__lt__", "__array__", "__dir__", "__reduce_ex__", "__sizeof__", "items", "keys",
    "shape",
)
TRAPS: dict[str, Any] = {**{name: trap(name) for name in NAMES}, "__class__": property(trap("__class__"))}


class HostileMeta(type):
    __eq__ = trap("meta eq")
    __hash__ = trap("meta hash")
    __getattribute__ = trap("meta getattribute")
    __instancecheck__ = trap("meta instancecheck")
    __repr__ = trap("meta repr")


def make(*bases: type, meta: Any = type, **more: Any) -> Any:
    cls = meta("Hostile", bases, {**TRAPS, **more, "__module__": "__main__"})
    new: Any = bases[0].__new__ if bases else object.__new__
    return new(cls)


def hostile_values() -> dict[str, Any]:
    values = {f"{base.__name__}": make(base) for base in (list, dict, tuple, set, frozenset, str, bytes, int, float)}
    values["object"] = make()
    values["metaclass"] = make(meta=HostileMeta)
    values["own __dict__"] = make(__dict__=property(trap("__dict__")))
    values["slots"] = make(__slots__=("a",))
    filled = make(list)
    list.extend(filled, [make(), make(str), make(meta=HostileMeta)])
    values["full list"] = filled
    table = make(dict)
    dict.update(table, {"a": make(), "b": make(int)})
    values["full dict"] = table
    holder = object.__new__(type("Holder", (), {"__getattribute__": trap("getattribute"), "__module__": "__main__"}))
    object.__getattribute__(holder, "__dict__").update(a=make(), b=make(float))
    values["attributes"] = holder
    values["class"] = type(make())
    values["class with a metaclass"] = type(make(meta=HostileMeta))
    values["default"] = lambda x=make(): x  # noqa: B008
    return values


@pytest.mark.parametrize("name", hostile_values())
def test_nothing_of_theirs_runs(name: str, capsys: Any) -> None:
    value = hostile_values()[name]
    called.clear()
    made = preview(value)
    assert made is not None
    describe_type(value)
    shape_of(value)
    assert called == []
    assert "failed" not in made, made
    json.dumps(made, allow_nan=False)
    assert isinstance(render(made), str) and isinstance(render_html(made), str)
    assert capsys.readouterr() == ("", "")


def test_nothing_of_theirs_runs_inside_data() -> None:
    np: Any = pytest.importorskip("numpy")
    pd: Any = pytest.importorskip("pandas")
    things = [make(), make(str), make(float), make(meta=HostileMeta), make(dict)]
    array = np.empty(5, object)
    for at, each in enumerate(things):
        array[at] = each
    traps = {**{name: trap(name) for name in ("__len__", "__getitem__", "iloc", "shape", "astype")}, "__module__": "__main__"}
    frame_class, array_class = type("MyFrame", (pd.DataFrame,), traps), type("MyArray", (np.ndarray,), traps)
    values = {
        "array": array, "series": pd.Series(array, dtype=object), "frame": pd.DataFrame({"a": pd.Series(array, dtype=object)}),
        "own frame": frame_class({"a": [1, 2]}), "own array": np.ndarray.view(np.arange(4.0), array_class),
    }
    called.clear()
    for name, value in values.items():
        made = preview(value)
        assert made is not None
        assert "failed" not in made, (name, made)
        assert called == [], name
        assert render(made) and render_html(made)
    assert (preview(values["own frame"]) or {})["shape"] == "2 × 1"
    assert (preview(values["own array"]) or {})["max"] == 3.0


def test_an_estimator_of_the_notebook_is_not_called() -> None:
    pytest.importorskip("sklearn")
    from sklearn.base import BaseEstimator

    def init(self: Any, a: int = 1, b: Any = None) -> None:
        self.a, self.b, self.fitted_ = a, b, True

    traps = {"get_params": trap("get_params"), "__repr__": trap("repr"), "__module__": "__main__"}
    own: Any = type("Own", (BaseEstimator,), {"__init__": init, **traps})
    called.clear()
    assert preview(own(a=2)) == {
        "kind": "model", "type": "Own", "fitted": True, "parameters": [["a", 2]], "steps": [], "features": None, "featureNames": [],
    }
    assert called == []


def test_a_figure_with_code_of_the_notebook_is_not_drawn(tmp_path: Any) -> None:
    pytest.importorskip("matplotlib")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt\n"
        "from headwater.previews.make import preview\n"
        "def own(x, _): print('called'); return 'x'\n"
        "figure, axes = plt.subplots(); axes.plot([1, 2]); axes.xaxis.set_major_formatter(own)\n"
        "made = preview(figure); print(made['kind'], made['thumbnail'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, ROOT], stdout=subprocess.PIPE, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "figure None\n"


def test_markup_is_escaped() -> None:
    pd: Any = pytest.importorskip("pandas")
    evil = "<script>alert('x')</script>\"&"
    values = [pd.DataFrame({evil: [evil]}, index=[evil]), pd.Series([evil], name=evil), type(evil, (), {})()]
    values += [{evil: evil}, [evil], evil, evil + "\n" + evil]
    for value in values:
        made = preview(value)
        assert made is not None
        for page in (render_html(made), render_html({**made, "thumbnail": '"><script>'}), render_html({**made, "kind": "x<y"})):
            assert "<script" not in page and "alert('x')" not in page and 'x"' not in page


def test_previews_are_never_large() -> None:
    pd: Any = pytest.importorskip("pandas")
    wide = pd.DataFrame([["x" * 1000] * 300], columns=[f"{i}" * 1000 for i in range(300)])
    values = [wide, {("k" * 10_000) + str(i): "v" * 10_000 for i in range(100)}, [["x" * 999] * 99] * 99, "\n".join(["y" * 999] * 99)]
    for value in values:
        made = preview(value)
        assert made is not None
        assert len(json.dumps(made)) <= 16_000


def test_what_cannot_be_looked_at_says_so() -> None:
    class Odd(list):  # type: ignore[type-arg]
        pass

    from headwater.previews import make as module

    module._makers[__name__.partition(".")[0], "Odd"] = lambda value: {"kind": "odd", "x": float("nan")}
    try:
        assert preview(Odd()) == {"kind": "other", "type": "Odd", "failed": "ValueError"}
    finally:
        del module._makers[__name__.partition(".")[0], "Odd"]


def test_settings_of_the_cells_do_not_matter_and_stay() -> None:
    np: Any = pytest.importorskip("numpy")
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        before = list(warnings.filters)
        made = preview(np.array([np.nan, 1e308, -1e308, np.inf]))
        assert made is not None
        assert "failed" not in made
        assert list(warnings.filters) == before
        assert np.geterr()["over"] == "raise"


def large_values() -> dict[str, Any]:
    np: Any = pytest.importorskip("numpy")
    pd: Any = pytest.importorskip("pandas")
    rows = 1_000_000
    column = [str(i % 977) for i in range(rows)]
    frame = pd.DataFrame({"a": np.arange(rows) * 1.0, "b": column, "c": pd.array(column, dtype=object)})
    return {
        "list": list(range(10_000_000)), "dict": dict.fromkeys(range(1_000_000)), "set": set(range(1_000_000)), "text": "x\n" * 20_000_000,
        "frame": frame, "series": frame["c"], "categories": frame["b"].astype("category"), "array": np.ones((4000, 4000)),
        "turned array": np.ones((4000, 4000)).T[::2, ::3], "many columns": pd.DataFrame(np.ones((100, 10_000))),
        "list of lists": [[0] * 1000] * 10_000,
    }


def test_large_values_are_not_walked_through() -> None:
    """Calls are counted, of Python and of C: a busy machine makes as many as one that has nothing else to do."""
    for name, value in large_values().items():
        calls: Counter[str] = Counter()
        sys.setprofile(lambda frame, event, _, calls=calls: calls.update([event]))
        try:
            made = preview(value)
        finally:
            sys.setprofile(None)
        assert made is not None
        assert "failed" not in made
        assert calls["call"] + calls["c_call"] < MOST_CALLS, (name, calls)
