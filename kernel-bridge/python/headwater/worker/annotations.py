"""`x: int = 1` in a cell writes to `__annotations__`, a name that nobody mentions: what earlier steps put there has to be there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from headwater.worker.shell.base import Cell

NAME = "__annotations__"


def uses_annotations(cells: list[Cell], trees: list[ast.Module]) -> bool:
    """Whether the cells, outside of functions and classes, annotate a name, or speak of the dict itself anywhere."""
    return any(NAME in cell.source for cell in cells) or any(map(_annotates, trees))


def _annotates(tree: ast.Module) -> bool:
    return any(isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) for each in _of_module(tree))


def _of_module(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _of_module(child)
