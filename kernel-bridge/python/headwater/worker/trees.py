"""The cells of an attempt as syntax trees, made once for all who look for what the text does not say by names."""

from __future__ import annotations

import ast
import re

from headwater.worker.shell.base import Cell, Shell

TELLING = re.compile(r"import|^\s*[^\W\d]\w*\s*:\s*\S", re.MULTILINE)
"""Cells that import, or have a line that could annotate a name; the others need no tree."""


def parse_cells(shell: Shell, cells: list[Cell]) -> list[ast.Module]:
    """Trees of the cells that import or annotate; what is no Python has none."""
    trees = []
    for cell in cells:
        if TELLING.search(cell.source) is None:
            continue
        try:
            trees.append(ast.parse(shell.transform(cell.source)))
        except (SyntaxError, ValueError):
            continue
    return trees
