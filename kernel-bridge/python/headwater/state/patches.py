"""`%patches`: attributes of modules, and of classes in them, that the notebook's code assigns to (`pd.DataFrame.twice = twice`).

Which they are is read from the text of all cells, once and before forking; what they hold is looked at in every attempt. In one kernel
such an assignment holds for all cells below; here every process has modules of its own, so what was assigned is carried like a variable.
"""

import ast
import operator
import re
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import UNSET

MAY_ASSIGN = re.compile(r"^[^#\n]*\w\.\w+\s*(?:[-+*/|&]?=[^=]|:)|setattr\s*\(|\bdel\b|_accessor\b", re.MULTILINE)
"""Cells without a match need not be parsed."""

ELSEWHERE = frozenset({"sys", "builtins", "warnings", "threading", "__main__"})
"""Modules whose state is carried by variables of their own, or is the namespace itself."""

ACCESSORS = {f"register_{owner.lower()}_accessor": owner for owner in ("DataFrame", "Series", "Index")}
"""What pandas offers to add a namespace of one's own, and the class that gets it."""

_watched: set[str] = set()
"""Dotted names."""


def watch_cells(sources: Iterable[str]) -> None:
    """Finds what is assigned to in the cells of a notebook, given as plain Python; a cell that is none is left out."""
    aliases: dict[str, str] = {}
    targets: set[str] = set()
    accessors: set[str] = set()
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
    found = {f"{aliases[root]}.{rest}" for root, _, rest in (each.partition(".") for each in targets) if root in aliases and rest}
    _watched.update(each for each in {*found, *accessors} if each.partition(".")[0] not in ELSEWHERE)


def _parse(sources: Iterable[str]) -> Iterable[ast.AST]:
    """Imports may stand in any cell, but matter only when there is something to watch."""
    sources = list(sources)
    if not any(map(MAY_ASSIGN.search, sources)):
        return
    for source in sources:
        if "import" in source or MAY_ASSIGN.search(source):
            try:
                yield ast.parse(source)
            except (SyntaxError, ValueError):
                continue


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


def _dotted(node: ast.AST) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


class Patches(Entries):
    """Dotted name to value. A module that is not loaded yet gets its patches as soon as it is."""

    def __init__(self, carried: Callable[[str], bool]) -> None:
        """`carried` tells the variables that go along in another way (project_modules.py)."""
        super().__init__("%patches", self._get, self._set, same=operator.is_)
        self._carried = carried
        self._pending: dict[str, Any] = {}
        self._originals: dict[str, Any] = {}

    def start(self, world: Any) -> None:
        """As every table; what waited for a module of another attempt waits no more."""
        self._pending = {}
        self._originals = {**self._look(_watched.union(() if world is UNSET else world)), **self._originals}
        super().start(world)

    def loaded(self, module: str) -> None:
        """A module is there: how it comes belongs to the beginning, what earlier steps did to it is done."""
        mine = [name for name in self._names() if name.startswith(f"{module}.")]
        found = self._look(mine)
        self._originals = {**found, **self._originals}
        fresh = {name: value for name, value in found.items() if name not in self.base}
        for table in (self.base, self.first):
            table.update(fresh)
        self._set({name: self._pending.pop(name) for name in mine if name in self._pending})

    def original(self, name: str) -> Any:
        """What stood there before any cell's assignment; None where none is watched, or nothing stood there."""
        return self._originals.get(name)

    def _names(self) -> set[str]:
        return _watched.union(() if self.world is UNSET else self.world)

    def _get(self) -> dict[str, Any]:
        return {**self._look(self._names()), **{name: value for name, value in self._pending.items() if value is not ABSENT}}

    def _look(self, names: Iterable[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in names:
            owner, attribute = _owner(name), name.rpartition(".")[2]
            if owner is not None and attribute in vars(owner) and not self._carried(name):
                found[name] = vars(owner)[attribute]
        return found

    def _set(self, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            owner, attribute = _owner(name), name.rpartition(".")[2]
            if owner is None:
                self._pending[name] = value
            elif value is ABSENT:
                if attribute in vars(owner):
                    delattr(owner, attribute)
            else:
                setattr(owner, attribute, value)


def _owner(name: str) -> Any:
    """The module or class that has the attribute, or None while it is not there; an instance is a value, or a library's own affair."""
    parts = name.split(".")[:-1]
    at = next((at for at in range(len(parts), 0, -1) if ".".join(parts[:at]) in sys.modules), 0)
    owner: Any = sys.modules[".".join(parts[:at])] if at else None
    for part in parts[at:]:
        owner = vars(owner).get(part) if isinstance(owner, (types.ModuleType, type)) else None
    return owner if isinstance(owner, (types.ModuleType, type)) else None
