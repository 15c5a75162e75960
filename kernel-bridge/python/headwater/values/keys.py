"""Keys of the things that are stored, and the names of attempts and groups."""

from __future__ import annotations

import re

Key = tuple[str, str]
"""`("n", name)` or `("u", uid)`: a name of the notebook, or a unit."""

GroupId = str
"""`<attempt key>/<position in that attempt's manifest>`"""


def wire(key: Key) -> str:
    """The key as manifests write it, `n:x`, `u:f:train:3`."""
    return f"{key[0]}:{key[1]}"


def names_of(keys: list[Key]) -> list[str]:
    return [name for kind, name in keys if kind == "n"]


def units_of(keys: list[Key]) -> list[str]:
    return [uid for kind, uid in keys if kind == "u"]


def task_of(attempt: str) -> str:
    """`train[3].0` → `train[3]`: a step's name holds no dot, so the last one separates."""
    return attempt.rpartition(".")[0] or attempt


def step_of(attempt: str) -> str:
    """`train[3].0` → `train`, `fit@4.0` → `fit`."""
    return re.split(r"[\[@]", task_of(attempt), maxsplit=1)[0]


def attempt_of(gid: GroupId) -> tuple[str, int]:
    """`train.0/4` → `("train.0", 4)`"""
    attempt, _, position = gid.rpartition("/")
    return attempt, int(position)
