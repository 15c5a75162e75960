"""What the cells of a notebook do to modules and classes by dotted names, read from their text once and before forking."""

import ast
import re
from collections.abc import Iterable
from typing import Optional

MAY_ASSIGN = re.compile(r"^[^#\n]*\w\.\w+\s*(?:[-+*/|&]?=[^=]|:)|setattr\s*\(|\bdel\b|_accessor\b", re.MULTILINE)
CHANGING = (
    *("append", "add", "appendleft", "clear", "discard", "extend", "insert"),
    *("pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"),
)
"""Methods of containers that change them."""

MAY_CHANGE = re.compile(rf"\]\s*[-+*/|&]?=[^=]|\.\w+\s*[-+*/|&]=|\bdel\b|\.(?:{'|'.join(CHANGING)})\s*\(")
"""Cells that match neither need not be parsed."""

ELSEWHERE = frozenset({"sys", "builtins", "warnings", "threading", "__main__"})
"""Modules whose state is carried by variables of their own, or is the namespace itself."""

ACCESSORS = {f"register_{owner.lower()}_accessor": owner for owner in ("DataFrame", "Series", "Index")}
"""What pandas offers to add a namespace of one's own, and the class that gets it."""

assigned: set[str] = set()
"""Dotted names of attributes that cells assign to or delete (patches.py)."""

changed: set[str] = set()
"""Dotted names of containers that cells change in place (tables.py)."""


def watch_cells(sources: Iterable[str]) -> None:
    """Finds both in the cells of a notebook, given as plain Python; a cell that is none is left out."""
    aliases: dict[str, str] = {}
    targets: set[str] = set()
    accessors: set[str] = set()
    tables: set[str] = set()
    for tree in _parse(sources):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    aliases[each.asname or each.name.partition(".")[0]] = each.name if each.asname else each.name.partition(".")[0]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                aliases.update((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)
            else:
                targets.update(_targets(node))
                accessors.update(_accessors(node))
                tables.update(_tables(node))
    assigned.update(each for each in {*_resolve(targets, aliases), *accessors} if _is_here(each))
    changed.update(each for each in _resolve(tables, aliases) if _is_here(each))


def _parse(sources: Iterable[str]) -> Iterable[ast.AST]:
    """Imports may stand in any cell, but matter only when there is something to watch."""
    sources = list(sources)
    if not any(MAY_ASSIGN.search(source) or MAY_CHANGE.search(source) for source in sources):
        return
    for source in sources:
        if "import" in source or MAY_ASSIGN.search(source) or MAY_CHANGE.search(source):
            try:
                yield ast.parse(source)
            except (SyntaxError, ValueError):
                continue


def _resolve(names: Iterable[str], aliases: dict[str, str]) -> set[str]:
    """With the names of modules for those that cells gave them: `pd.options` is `pandas.options`."""
    parts = (name.partition(".") for name in names)
    found = {f"{aliases[root]}.{rest}" if rest else aliases[root] for root, _, rest in parts if root in aliases}
    return {each for each in found if "." in each}


def _is_here(name: str) -> bool:
    return name.partition(".")[0] not in ELSEWHERE


def _targets(node: ast.AST) -> Iterable[str]:
    """Dotted names that a statement assigns to or deletes, `setattr(a.b, "c", …)` among them."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, (ast.Store, ast.Del)):
        name = _dotted(node)
        return [name] if name else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr") and len(node.args) > 1:
        owner, attribute = _dotted(node.args[0]), node.args[1]
        if owner and isinstance(attribute, ast.Constant) and isinstance(attribute.value, str):
            return [f"{owner}.{attribute.value}"]
    return []


def _accessors(node: ast.AST) -> Iterable[str]:
    """`@pd.api.extensions.register_dataframe_accessor("geo")` assigns to `pandas.DataFrame.geo`."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return []
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    owner = ACCESSORS.get(called)
    return [f"pandas.{owner}.{node.args[0].value}"] if owner else []


def _tables(node: ast.AST) -> Iterable[str]:
    """`a.b` of `a.b["key"] = …`, `del a.b[0]`, `a.b.append(…)`, `a.b += …`."""
    table: Optional[ast.AST] = None
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        table = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        table = node.func.value
    elif isinstance(node, ast.AugAssign):
        table = node.target
    name = _dotted(table) if table is not None else ""
    return [name] if name else []


def _dotted(node: ast.AST) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
