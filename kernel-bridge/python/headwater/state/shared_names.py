"""`%shared`: variables of the notebook that are variables of the project's modules, too (`from config import settings`).

In one kernel both are one object, and who changes it through one sees it through the other. A step has the notebook's from the store and
the module's from its import: here the module is given the notebook's, and the notebook's name what the module's functions made of it.
"""

import collections
import importlib
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Callable, Protocol

from headwater.state.project_modules import ProjectModules
from headwater.state.variable import UNSET, Variable


def _fill_mapping(to: Any, source: Any) -> None:
    to.clear()
    to.update(source)


def _fill_sequence(to: Any, source: Any) -> None:
    to.clear()
    to.extend(source)


FILLED: dict[type, Callable[[Any, Any], None]] = {
    **dict.fromkeys((dict, collections.OrderedDict, collections.defaultdict, collections.Counter), _fill_mapping),
    **dict.fromkeys((list, collections.deque, bytearray), _fill_sequence),
}
"""Containers that can become equal to another and stay the object that other values of the notebook hold."""


class Names(Protocol):
    """The notebook's variables, as far as this needs them."""

    def bound(self) -> Mapping[str, Any]:
        """The person's, in this process."""
        ...

    def is_loaded(self, name: str) -> bool:
        """It came from an earlier step, and nobody has bound it to something else since."""
        ...

    def load(self, name: str) -> bool:
        """Brings one from an earlier step; -> whether there is one."""
        ...

    def bind(self, name: str, value: Any) -> None:
        """To another object."""


class NoNames:
    """A process without a notebook."""

    def bound(self) -> Mapping[str, Any]:
        """None."""
        return {}

    def is_loaded(self, name: str) -> bool:
        """Never."""
        return False

    def load(self, name: str) -> bool:
        """Never."""
        return False

    def bind(self, name: str, value: Any) -> None:
        """Nowhere."""


class SharedNames(Variable):
    """Name of the notebook → module variables that are the same object, by their dotted names, each with its module."""

    def __init__(self, modules: ProjectModules, names: Names) -> None:
        super().__init__("%shared", dict, lambda _: None)
        self._modules, self._names = modules, names
        self._follows = False

    def start(self, world: Any) -> None:
        """The modules have not begun yet."""
        self.world = world

    def loaded(self, module: str) -> None:
        """It has been imported."""
        self.link(self.pairs())

    def link(self, names: Iterable[str]) -> None:
        """These have been loaded: modules that hold the same are imported, and given the very object."""
        pairs = self.pairs()
        if not pairs or self._follows:
            return
        bound = self._names.bound()
        mine = {name: pairs[name] for name in names if name in pairs and name in bound and self._names.is_loaded(name)}
        for module in {module for paths in mine.values() for module in paths.values()} - sys.modules.keys():
            importlib.import_module(module)
        self._modules.begin_with({path: bound[name] for name, paths in mine.items() for path in paths})

    def change(self) -> Any:
        """Which are one object now."""
        pairs = self._follow({name: paths for name, paths in self.pairs().items() if name not in self._names.bound()})
        found: dict[int, dict[str, str]] = {}
        for path, value in self._modules.objects().items():
            found.setdefault(id(value), {})[path] = self._modules.module_of(path) or ""
        pairs.update((name, found.get(id(value), {})) for name, value in self._names.bound().items())
        pairs = {name: dict(sorted(paths.items())) for name, paths in sorted(pairs.items()) if paths}
        return UNSET if pairs == self.pairs() else pairs

    def pairs(self) -> dict[str, dict[str, str]]:
        """As the attempt began with."""
        return {} if self.world is UNSET else self.world

    # ------------------------------------------------------------ around an import: no business of a module's body

    def hold(self) -> Any:
        """Nothing to return to."""

    def is_affected(self, held: Any) -> bool:
        """Never."""
        return False

    def put_back(self, held: Any) -> None:
        """Nothing to put back."""

    # ------------------------------------------------------------ inside

    def _follow(self, pairs: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """Names that this step did without are what the modules' functions made of the objects; -> the variables that still are them."""
        rebound = {path for paths in pairs.values() for path in paths if self._modules.is_rebound(path)}
        left = {name: {path: paths[path] for path in paths if path not in rebound} for name, paths in pairs.items()}
        changed = {path for paths in left.values() for path in paths if self._modules.is_changed(path)}
        self._follows = True
        try:
            for name, paths in left.items():
                if not changed.isdisjoint(paths):
                    self._names.load(name)
        finally:
            self._follows = False
        for name in left.keys() & self._names.bound().keys():  # what shares objects with one has come along
            self._join(name, [path for path in left[name] if self._modules.module_of(path) is not None], changed)
        return left

    def _join(self, name: str, paths: list[str], changed: set[str]) -> None:
        value = self._names.bound()[name]
        theirs = next((self._modules.objects()[path] for path in paths if path in changed), value)
        fill = FILLED.get(type(theirs)) if type(value) is type(theirs) else None
        if theirs is not value and fill is None:
            self._names.bind(name, theirs)
            return
        if theirs is not value and fill is not None:
            fill(value, theirs)
        self._modules.put(dict.fromkeys(paths, value))
