"""The same names give the same keys in both languages; the other half of this test reads the same file."""

from __future__ import annotations

import json
import os

import pytest

from headwater.store.layout import key_part

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../test/contract/key-parts.json")
with open(GOLDEN, encoding="utf8") as file:
    ROWS = json.load(file)


@pytest.mark.parametrize(("name", "part"), ROWS)
def test_names_are_keys(name: str, part: str) -> None:
    assert key_part(name) == part
