"""Dotted modules that cells import: `import xml.dom` makes an attribute of a package, which another process must make again."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def dotted_imports(trees: list[ast.Module]) -> set[str]:
    """`a.b` for `import a.b` and `from a.b import c`, and `a.c` for `from a import c`, which may be a module. Anywhere in the cells."""
    found: set[str] = set()
    for node in _imports(trees):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if "." in alias.name)
        elif node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if alias.name != "*")
    return found


def grown_packages(trees: list[ast.Module]) -> set[str]:
    """`a` for `import a.b`: the name is bound again, and the package keeps what earlier imports put into it."""
    return {
        alias.name.partition(".")[0]
        for node in _imports(trees)
        if isinstance(node, ast.Import)
        for alias in node.names
        if "." in alias.name and alias.asname is None
    }


def _imports(trees: list[ast.Module]) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)))
