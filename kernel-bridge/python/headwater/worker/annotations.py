"""`x: int = 1` in a cell writes to `__annotations__`, a name that nobody mentions: what earlier steps put there has to be there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from headwater.worker.shell.base import Cell, Shell

NAME = "__annotations__"
MAYBE = re.compile(r"^\s*[^\W\d]\w*\s*:\s*\S", re.MULTILINE)
"""Lines that could annotate a name; most cells have none and need no tree."""


def uses_annotations(shell: Shell, cells: list[Cell]) -> bool:
    """Whether the cells, outside of functions and classes, annotate a name, or speak of the dict itself anywhere."""
    return any(NAME in cell.source or (MAYBE.search(cell.source) is not None and _annotates(shell, cell)) for cell in cells)


def _annotates(shell: Shell, cell: Cell) -> bool:
    try:
        tree = ast.parse(shell.transform(cell.source))
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) for each in _of_module(tree))


def _of_module(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _of_module(child)
