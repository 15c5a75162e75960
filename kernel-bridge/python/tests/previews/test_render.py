"""Previews as text for a terminal and as HTML."""

from typing import Any

import pytest

from headwater.previews.html import render_html
from headwater.previews.make import preview
from headwater.previews.text import render, sparkline


def show(value: Any) -> str:
    return render(preview(value) or {})


def test_simple_values() -> None:
    assert show(3) == "3"
    assert show("text") == "text"
    assert show([1, 2, [3]]) == "list 3 items\n  - 1\n  - 2\n  - list of 1\n    3"
    assert show(list(range(30))).splitlines()[1].endswith("18, 19, … 10 more")
    assert show({"a": [1, {"b": 2}]}) == "dict 1 item\n  a: list of 2\n    - 1\n    - dict of 1"
    assert show("a\n" * 30).splitlines()[-1] == "first 20 of 30 lines"
    assert show(b"abc") == "bytes 3 bytes\n61 62 63"
    assert show(show).startswith("function\nshow(value)")
    assert show(pytest).startswith("module\npytest ")
    assert show(KeyError) == "class\nKeyError(LookupError)\nMapping key not found."


def test_frames() -> None:
    pd: Any = pytest.importorskip("pandas")
    frame = pd.DataFrame({"n": [1, 20], "name": ["x", None]})
    missing = str(frame["name"].iloc[1])
    assert show(frame).splitlines() == [
        "DataFrame 2 × 2", "    n" + f"{'name':>{2 + max(4, len(missing))}}", f"0   1{'x':>{2 + max(4, len(missing))}}",
        f"1  20{missing:>{2 + max(4, len(missing))}}", "missing: name 50%", "first 2 of 2 rows, 2 of 2 columns",
    ]
    wide = show(pd.DataFrame({f"column {i}": range(100) for i in range(30)})).splitlines()
    assert all(len(line) <= 105 for line in wide[:-1])
    assert wide[1].endswith("…")
    page = render_html(preview(frame) or {})
    assert page.count("<tr>") == 3 and ">name</th>" in page and page.endswith("<p>first 2 of 2 rows, 2 of 2 columns</p></div>")


def test_arrays_and_series() -> None:
    np: Any = pytest.importorskip("numpy")
    pd: Any = pytest.importorskip("pandas")
    bars = sparkline([1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
    assert bars == "█▁▁█▁▁█▁▁█"
    assert show(np.arange(4)) == f"ndarray (4,) int64\n0 {bars} 3, median 1.5\n0  1  2  3"
    assert show(pd.Series(["a", "b", "a"])).splitlines()[1] == "a × 2, b × 1"
    assert '<img alt="" src="data:image/png;base64,' in render_html(preview(np.zeros((50, 50))) or {})


def test_parts_may_be_missing() -> None:
    pd: Any = pytest.importorskip("pandas")
    for value in (pd.DataFrame({"a": [1]}), [1], "a\n" * 9, {"a": 1}, len, KeyError):
        made = preview(value) or {}
        for part in set(made) - {"kind", "type", "rows", "columns", "shown", "shownColumns", "index", "bases", "total", "name", "length"}:
            smaller = {key: each for key, each in made.items() if key != part}
            assert render(smaller) and render_html(smaller)
    assert render({"kind": "unheard of", "type": "X"}) == "X"
