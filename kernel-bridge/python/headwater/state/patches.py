"""`%patches`: attributes of modules, and of classes in them, that the notebook's code assigns to (`pd.DataFrame.twice = twice`).

Which they are is read from the text of all cells (`watched.py`); what they hold is looked at in every attempt. In one kernel
such an assignment holds for all cells below; here every process has modules of its own, so what was assigned is carried like a variable.
"""

import operator
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import UNSET
from headwater.state.watched import assigned


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
        self._originals = {**self._look(assigned.union(() if world is UNSET else world)), **self._originals}
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
        return assigned.union(() if self.world is UNSET else self.world)

    def _get(self) -> dict[str, Any]:
        return {**self._look(self._names()), **{name: value for name, value in self._pending.items() if value is not ABSENT}}

    def _look(self, names: Iterable[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in names:
            owner, attribute = find_owner(name), name.rpartition(".")[2]
            if owner is not None and attribute in vars(owner) and not self._carried(name):
                found[name] = vars(owner)[attribute]
        return found

    def _set(self, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            owner, attribute = find_owner(name), name.rpartition(".")[2]
            if owner is None:
                self._pending[name] = value
            elif value is ABSENT:
                if attribute in vars(owner):
                    delattr(owner, attribute)
            else:
                setattr(owner, attribute, value)


def find_owner(name: str) -> Any:
    """The module or class that has the attribute, or None while it is not there; an instance is a value, or a library's own affair."""
    parts = name.split(".")[:-1]
    at = next((at for at in range(len(parts), 0, -1) if ".".join(parts[:at]) in sys.modules), 0)
    owner: Any = sys.modules[".".join(parts[:at])] if at else None
    for part in parts[at:]:
        owner = vars(owner).get(part) if isinstance(owner, (types.ModuleType, type)) else None
    return owner if isinstance(owner, (types.ModuleType, type)) else None
