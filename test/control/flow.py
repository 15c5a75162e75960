"""Flows as trees: what the generator makes, the interpreter runs, and a notebook says in tags."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Union


@dataclass
class Step:
    """One step; `until` is a name and a bound, `fails` tags are `retry` and `catch`."""

    name: str
    code: str
    when: list[tuple[str, bool, str | None]] = field(default_factory=list)
    """Name, negated, text to compare with."""
    until: tuple[str, int] | None = None
    retry: int = 0
    catch: str | None = None


@dataclass
class Foreach:
    """Branches over the list `over`: the first step opens them, `join` closes."""

    item: str
    over: str
    first: Step
    body: list[Node]
    collects: list[tuple[str, str]]
    join: Step


Node = Union[Step, Foreach]
Cell = tuple[str, str]

HELPERS = """
import os, signal
def flaky(key, times):
    with open(f"flaky-{key}", "a+") as file:
        file.seek(0)
        before = len(file.read())
        file.write("x")
    if before < times: raise ValueError(f"{key} fails the {before}. time")
def die(): os.kill(os.getpid(), signal.SIGKILL)
"""


def cells_of(nodes: list[Node]) -> list[Cell]:
    """In notebook order, helpers first."""
    return [("setup", HELPERS.strip()), *(cell for node in nodes for cell in _cells(node))]


def _cells(node: Node) -> list[Cell]:
    if isinstance(node, Step):
        return [(" ".join(tags_of(node)), node.code)]
    collects = " ".join(f"join:{many}={one}" for many, one in node.collects) or "join"
    first = " ".join([*tags_of(node.first), f"foreach:{node.item}={node.over}"])
    inner = [cell for each in node.body for cell in _cells(each)]
    return [(first, node.first.code), *inner, (" ".join([*tags_of(node.join), collects]), node.join.code)]


def tags_of(step: Step) -> list[str]:
    """But those of a foreach."""
    tags = [f"step:{step.name}"]
    for name, negated, text in step.when:
        tags.append(f"when:{name}={text}" if text is not None else f"when:{'!' if negated else ''}{name}")
    if step.until is not None:
        tags += [f"until:{step.until[0]}", f"max:{step.until[1]}"]
    if step.retry:
        tags.append(f"retry:{step.retry}")
    if step.catch is not None:
        tags.append(f"catch:{step.catch}")
    return tags


def notebook(nodes: list[Node]) -> str:
    """nbformat 4.5."""
    cells: list[Any] = [
        {"cell_type": "code", "id": f"c{at}", "metadata": {"tags": tags.split()}, "source": source, "execution_count": None, "outputs": []}
        for at, (tags, source) in enumerate(cells_of(nodes))
    ]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5})
