"""Previews of single values, texts, bytes, trees and code, as whole dicts."""

import collections
import datetime
import decimal
import enum
import json
import math
import pathlib
import types
from typing import Any

import pytest

from headwater.previews.make import preview
from headwater.previews.naming import describe_type


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Celsius(float):
    pass


Point = collections.namedtuple("Point", "x y")

SINGLE = [
    (None, "None", None),
    (True, "bool", True),
    (3, "int", 3),
    (2**53, "int", "9007199254740992"),
    (1 << 100_000, "int", "an integer of 100001 bits"),
    (0.1, "float", 0.1),
    (math.nan, "float", "nan"),
    (-math.inf, "float", "-inf"),
    (1 + 2j, "complex", "(1+2j)"),
    (Celsius(4.5), "Celsius", 4.5),
    (Colour.RED, "Colour", "Colour.RED"),
    (Level.LOW, "Level", "Level.LOW"),
    ("short", "str", "short"),
    ("", "str", ""),
    ("lone \ud800", "str", "lone ?"),
    (datetime.date(2024, 2, 29), "date", "2024-02-29"),
    (datetime.timedelta(hours=1), "timedelta", "1:00:00"),
    (decimal.Decimal("1.50"), "Decimal", "1.50"),
    (pathlib.PurePosixPath("a/b"), "PurePosixPath", "a/b"),
]


@pytest.mark.parametrize(("value", "kind", "shown"), SINGLE, ids=lambda value: "")
def test_single_values(value: Any, kind: str, shown: Any) -> None:
    expected = {"kind": "value", "type": kind, "value": shown}
    made = preview(value)
    assert made is not None
    if isinstance(value, str):
        expected["shape"] = f"{len(value)} character{'' if len(value) == 1 else 's'}"
    assert made == expected
    assert json.dumps(made, allow_nan=False).isascii()
    assert describe_type(value) == kind


def test_text() -> None:
    lines = [f"line {i} " + "x" * (i * 20) for i in range(100)]
    head = [line if len(line) <= 160 else line[:159] + "…" for line in lines[:20]]
    assert preview("\n".join(lines)) == {
        "kind": "text", "type": "str", "shape": "99 889 characters", "characters": 99_889, "lines": 100, "shown": 20, "head": head,
    }
    facts = {"kind": "text", "type": "str", "shape": "4 characters", "characters": 4}
    assert preview("a\nb\n") == {**facts, "lines": 2, "shown": 2, "head": ["a", "b"]}
    huge = preview("x" * 5_000_000)
    assert huge is not None
    assert (huge["lines"], huge["shown"], huge["characters"]) == (None, 1, 5_000_000)


def test_bytes() -> None:
    assert preview(b"\x00\xffab") == {"kind": "bytes", "type": "bytes", "shape": "4 bytes", "size": 4, "shown": 4, "head": "00 ff 61 62"}
    made = preview(bytearray(1000))
    assert made is not None
    assert (made["size"], made["shown"], len(made["head"])) == (1000, 64, 64 * 3 - 1)
    assert preview(memoryview(b"abcd")[::2]) == {"kind": "bytes", "type": "memoryview", "size": 2, "shown": 0, "head": ""}


def test_trees() -> None:
    value = {"a": 1, "b": [1.5, None, {"deep": 1}], 3: {"x": ("y" * 99, b"z")}, Colour.RED: Point(1, float("nan"))}
    assert preview(value) == {
        "kind": "json", "type": "dict", "shape": "4 items", "length": 4, "shown": 4,
        "tree": {"type": "dict", "length": 4, "items": [
            ["a", 1],
            ["b", {"type": "list", "length": 3, "items": [1.5, None, {"type": "dict", "length": 1}]}],
            ["3", {"type": "dict", "length": 1, "items": [["x", {"type": "tuple", "length": 2}]]}],
            ["Colour.RED", {"type": "Point", "length": 2, "items": [1, "nan"]}],
        ]},
    }


def test_long_trees_are_cut() -> None:
    made = preview([list(range(100)) for _ in range(100)])
    assert made is not None
    assert (made["length"], made["shown"]) == (100, 20)
    inner = [len(item.get("items", [])) for item in made["tree"]["items"]]
    assert inner[0] == 8
    assert sum(inner) + len(inner) <= 100


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset, collections.deque, collections.Counter, collections.OrderedDict])
def test_other_containers(kind: Any) -> None:
    made = preview(kind("ab"[:1]) if kind is not collections.OrderedDict else kind(a=1))
    assert made is not None
    assert (made["kind"], made["type"], made["length"]) == ("json", kind.__name__, 1)


def test_recursive_containers() -> None:
    loop: list[Any] = [1]
    loop.append(loop)
    assert preview(loop) == {
        "kind": "json", "type": "list", "shape": "2 items", "length": 2, "shown": 2,
        "tree": {"type": "list", "length": 2, "items": [1, {"type": "list", "length": 2, "items": [1, {"type": "list", "length": 2}]}]},
    }


def fit(data: Any, /, rate: float = 0.1, *more: Any, name: str = "it's", seed: Any = Colour.RED, **options: Any) -> None:
    """Fits it.

    Slowly.
    """


def test_functions() -> None:
    assert preview(fit) == {
        "kind": "function", "type": "function", "name": "fit", "doc": "Fits it.",
        "signature": "(data, /, rate=0.1, *more, name=\"it's\", seed=Colour.RED, **options)",
    }
    assert preview(lambda x, *, y: x) == {"kind": "function", "type": "function", "name": "<lambda>", "signature": "(x, *, y)", "doc": None}
    made = preview(len)
    assert made is not None
    assert (made["name"], made["signature"]) == ("len", "($module, obj, /)")


class Base:
    """A base."""


class Model(Base):
    rate = 1

    def fit(self) -> None: ...

    def _hidden(self) -> None: ...


def test_classes_modules_and_others() -> None:
    assert preview(Model) == {
        "kind": "class", "type": "class", "name": "Model", "module": __name__, "bases": ["Base"], "members": ["rate", "fit"],
        "shown": 2, "total": 2, "doc": None,
    }
    module = types.ModuleType("tools")
    module.__dict__["__version__"] = "1.2"
    assert preview(module) == {"kind": "module", "type": "module", "name": "tools", "version": "1.2"}
    model = Model()
    model.__dict__.update(rate=2, data=[1, 2], when=datetime.date(2024, 1, 1), _private=3)
    assert preview(model) == {
        "kind": "other", "type": "Model", "module": __name__, "total": 3, "shown": 3,
        "attributes": [["rate", 2], ["data", {"type": "list", "shape": "2 items"}], ["when", {"type": "date", "text": "2024-01-01"}]],
    }
    assert preview(iter([])) == {"kind": "other", "type": "list_iterator", "module": "builtins", "total": 0, "shown": 0, "attributes": []}
