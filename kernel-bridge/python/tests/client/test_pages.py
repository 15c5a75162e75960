import pandas
import pytest

from headwater.client.pages import NoTable, as_frame, page

DAYS = pandas.to_datetime(["2026-01-01", None, "2026-01-03"])
FRAME = pandas.DataFrame({"city": ["Bonn", "Aachen", "Celle"], "n": [3, 1, None], "when": DAYS}, index=["x", "y", "z"])


def test_a_page_is_some_rows_with_their_labels():
    found = page(FRAME, 1, 2, None, "")
    assert found == {
        "columns": [{"name": name, "type": str(FRAME.dtypes[name])} for name in ("city", "n", "when")],
        "index": ["y", "z"],
        "rows": [["Aachen", 1.0, None], ["Celle", None, "2026-01-03 00:00:00"]],
        "first": 1,
        "matching": 3,
        "total": 3,
    }


def test_rows_are_sorted_and_filtered_before_they_are_cut():
    assert page(FRAME, 0, 2, {"column": "city", "descending": True}, "")["index"] == ["z", "x"]
    found = page(FRAME, 0, 10, {"column": "n", "descending": False}, "E")
    assert (found["index"], found["matching"], found["total"]) == (["y", "z"], 2, 3)


def test_two_columns_of_one_name_stay_two():
    twice = pandas.DataFrame([[1, 2]], columns=["a", "a"])
    assert page(twice, 0, 1, {"column": "a", "descending": False}, "")["rows"] == [[1, 2]]


def test_what_is_no_table_says_so():
    with pytest.raises(NoTable, match="a dict is no table"):
        as_frame({})
