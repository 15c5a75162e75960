"""A plain notebook: its cells as the file has them, and as Restart-and-Run-All would run them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FlowCell:
    """`tags` in one string; `runs`: what Run All executes, None where the cell is no part of the flow."""

    tags: str
    source: str
    runs: str | None
    kind: str = "code"


@dataclass(frozen=True)
class Notebook:
    """`files` stand in its folder; `given` are parameters as on the command line."""

    cells: list[FlowCell]
    files: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    def plain_cells(self) -> list[tuple[int, str]]:
        """Position and text of what Run All runs."""
        return [(at, cell.runs) for at, cell in enumerate(self.cells) if cell.runs is not None and cell.runs.strip()]

    def write(self, folder: str, name: str) -> None:
        """Into a folder, with its files."""
        self.write_files(folder)
        with open(os.path.join(folder, name), "w") as file:
            json.dump(self._as_json(), file)

    def write_files(self, folder: str) -> None:
        """What stands beside it before anything ran."""
        for path, text in self.files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w") as file:
                file.write(text)

    def _as_json(self) -> dict[str, Any]:
        return {
            "cells": [_cell_json(at, cell) for at, cell in enumerate(self.cells)],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }

    def text(self) -> str:
        """For a person who looks for what went wrong."""
        heads = [cell.tags if cell.kind == "code" else cell.kind for cell in self.cells]
        return "\n".join(f"# %% [{at}] {head}\n{cell.source}" for at, (head, cell) in enumerate(zip(heads, self.cells)))


def _cell_json(at: int, cell: FlowCell) -> dict[str, Any]:
    metadata = {"tags": cell.tags.split()} if cell.tags else {}
    own = {"outputs": [], "execution_count": None} if cell.kind == "code" else {}
    return {"cell_type": cell.kind, "id": f"c{at}", "metadata": metadata, "source": cell.source, **own}


def step(name: str, source: str) -> FlowCell:
    """A cell of a step."""
    return FlowCell(f"step:{name}", source, source)


def setup(source: str) -> FlowCell:
    """A setup cell."""
    return FlowCell("setup", source, source)
