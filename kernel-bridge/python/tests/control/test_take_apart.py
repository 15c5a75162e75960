"""What a foreach goes over, and what it calls the elements."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.control.failure import Failure
from headwater.control.take_apart import NotAList, element, label, take_apart


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (3, "s goes over `xs`, which is an int, not a list; give it a list"),
        (None, "s goes over `xs`, which is a NoneType, not a list; give it a list"),
        (map(str, [1]), "s goes over `xs`, which is a map, not a list; make it a list: `xs = list(xs)`"),
        (range(2_000_000), "s goes over `xs`, which has 2,000,000 elements; at most 1,000,000 can be tasks. Go over parts of it"),
    ],
)
def test_says_what_it_cannot_go_over(value: Any, sentence: str) -> None:
    with pytest.raises(NotAList) as caught:
        list(take_apart(value, "xs", "s"))
    assert str(caught.value) == sentence


@pytest.mark.parametrize("value", [[1, 2], (1, 2), "ab", range(5, 7), b"xy", {"a": 1, "b": 2}, {1, 2}])
def test_an_element_is_the_one_at_its_place(value: Any) -> None:
    elements = list(take_apart(value, "xs", "s"))
    assert [element(value, at) for at in range(len(elements))] == elements


def test_a_frame_gives_rows_that_can_be_stored_by_themselves() -> None:
    pandas = pytest.importorskip("pandas")
    import pickle

    rows = list(take_apart(pandas.DataFrame({"a": [1, 2], "b c": ["x", "y"]}), "xs", "s"))
    assert [(row.a, row[2], row._fields) for row in rows] == [(1, "x", ("Index", "a", "_2")), (2, "y", ("Index", "a", "_2"))]
    assert pickle.loads(pickle.dumps(rows)) == rows


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), ("a b", "a b"), ("a\n b", "a b"), ([1, 2], "[1, 2]"), (None, "None"), ("x" * 50, "x" * 39 + "…")],
)
def test_a_label_is_short_and_on_one_line(value: Any, text: str) -> None:
    assert label(value) == text


def test_a_number_of_numpy_is_called_what_it_is() -> None:
    numpy = pytest.importorskip("numpy")
    assert label(numpy.float64(0.1)) == "0.1"


def test_a_value_that_cannot_be_shown_has_a_label() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise ValueError

    assert label(Broken()) == "<Broken>"


def test_a_failure_says_what_happened() -> None:
    failure = Failure("ValueError", "no", "trace")
    assert (repr(failure), bool(failure), failure == Failure("ValueError", "no", "trace")) == ("<Failure ValueError: no>", True, True)
