"""`%modules`: what the project's own modules hold in their variables (`config.load("prod")`, a counter, a generator of random numbers).

In one kernel a module is there once and remembers; here every process has its own. What cells and the functions they call changed goes
along like a variable of the notebook. What a library keeps inside itself stays in the process of its step (docs/promise.md).
"""

import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from typing import Any, Callable, Optional

from headwater.state.imports import LOCAL, find_origin
from headwater.state.prints import CODE, Print, print_of
from headwater.state.variable import UNSET, Variable

UNCHANGING = (bool, int, float, complex, str, bytes, tuple, frozenset, range, type(None))
"""That two variables hold one object of these makes no difference, unless somebody asks for it."""


class Content:
    """What an object holds that is "that one" of its module: its identity is stored by name (values/origins.py), and this beside it."""

    def __init__(self, o: Any) -> None:
        self.kind, self.state = type(o), dict(vars(o))

    def fill(self, o: Any) -> None:
        """Puts it into the one that is here."""
        if type(o) is self.kind:
            vars(o).clear()
            vars(o).update(self.state)


class ProjectModules(Variable):
    """Dotted name to value, of module variables and of class variables: `config.settings`, `model.Model.count`."""

    def __init__(self, is_mine: Callable[[str], bool], tell: Callable[[str], None]) -> None:
        """`is_mine` says of a file whether it belongs to the project; `tell` takes a sentence about what cannot be carried."""
        super().__init__("%modules", dict, self.put)
        self._is_mine, self._tell = is_mine, tell
        self._modules: dict[str, types.ModuleType] = {}
        self._known: set[str] = set()
        self._carried: dict[str, Any] = {}
        self._prints: dict[str, Print] = {}
        self._found: dict[str, Any] = {}
        """The objects that the variables were when they were printed."""

    def look_ahead(self) -> None:
        """Of what was imported before forking nothing is the project's."""
        self._known, self.fresh = set(sys.modules), True

    def start(self, world: Any) -> None:
        """What earlier steps changed, in the modules that are here; the rest waits until its module is imported."""
        # Going through all of them copies pages that a forked process shares.
        for module in () if self.fresh else sys.modules.keys() - self._known:
            self._enter(module)
        self.world, self._carried = world, {} if world is UNSET else dict(world)
        self._prints, self._found = self._print(self._modules), self.objects()
        # What a process that goes on has of its own stays the object it is: other modules may hold it too.
        others = {name: value for name, value in self._carried.items() if self._prints.get(name) != print_of(value, self._modules)}
        if others:
            self.begin_with(others)

    def loaded(self, module: str) -> None:
        """It has been imported: what it holds now is how it comes."""
        if not self._enter(module):
            return
        self.put({name: value for name, value in self._carried.items() if name.startswith(f"{module}.")})
        self._remember(each for each in self._modules if f"{each}.".startswith(f"{module}."))

    def begin_with(self, values: Mapping[str, Any]) -> None:
        """Makes variables of the modules that are here these objects, as if they had come so."""
        self.put(values)
        self._remember({module for module in map(self.module_of, values) if module is not None})

    def put(self, values: Mapping[str, Any]) -> None:
        """Makes variables of the modules that are here these objects."""
        for name, value in list(values.items()):
            module = self.module_of(name)
            if module is None:
                continue
            *owners, attribute = name[len(module) + 1 :].split(".")
            owner: Any = self._modules[module]
            for each in owners:
                owner = vars(owner).get(each)
            if isinstance(value, Content):
                value.fill(vars(owner).get(attribute) if owner is not None else None)
            elif owner is not None:
                setattr(owner, attribute, value)

    def objects(self) -> dict[str, Any]:
        """What can be changed and stands in a variable now."""
        return self._objects(self._modules)

    def is_rebound(self, name: str) -> bool:
        """The variable is another object than it was when the attempt began, or its module came."""
        return name in self._found and self.objects().get(name) is not self._found[name]

    def is_changed(self, name: str) -> bool:
        """The variable holds something else than it did then."""
        now = dict(self._look(self._modules))
        return name in now and self._prints.get(name, UNSET) != print_of(now[name], self._modules)

    def carries(self, name: str) -> bool:
        """The variable is one of these, as it is now."""
        module = self.module_of(name)
        return module is not None and any(each == name for each, _ in self._look([module]))

    def module_of(self, name: str) -> Optional[str]:
        """The module that has the variable, where it is here."""
        return max((each for each in self._modules if name.startswith(f"{each}.")), key=len, default=None)

    def is_read(self) -> bool:
        """Only by who has such a module."""
        return bool(self._modules)

    def change(self) -> Any:
        """Changes of earlier steps and of this attempt together."""
        now = self._look(self._modules)
        changed = {name: value for name, value in now if self._prints.get(name, UNSET) != print_of(value, self._modules)}
        lost = [name for name, value in changed.items() if not (_is_plain if self._is_that_one(name, value) else _can_be_stored)(value)]
        if lost:
            self._tell(f"{', '.join(lost)} as this step left it is not carried on: later steps have it as it was imported")
        kept = {name: Content(value) if self._is_that_one(name, value) else value for name, value in changed.items() if name not in lost}
        return {**({} if self.world is UNSET else self.world), **kept} if kept else UNSET

    # ------------------------------------------------------------ around an import: what a module's import does, it does in every process

    def hold(self) -> Any:
        """Nothing to return to."""

    def is_affected(self, held: Any) -> bool:
        """Never."""
        return False

    def put_back(self, held: Any) -> None:
        """Nothing to put back."""

    # ------------------------------------------------------------ inside

    def _enter(self, module: str) -> bool:
        """Whether it is a module of the project that was not known."""
        found = sys.modules.get(module)
        spec = getattr(found, "__spec__", None)
        is_known = module in self._known and self._modules.get(module) in (None, found)
        if is_known or not isinstance(found, types.ModuleType) or not isinstance(spec, ModuleSpec):
            return False
        self._known.add(module)
        if find_origin(spec) == LOCAL and spec.origin is not None and self._is_mine(spec.origin):
            self._modules[module] = found
        return module in self._modules

    def _print(self, modules: Iterable[str]) -> dict[str, Print]:
        return {name: print_of(value, self._modules) for name, value in self._look(modules)}

    def _remember(self, modules: Iterable[str]) -> None:
        modules = list(modules)
        self._prints.update(self._print(modules))
        self._found.update(self._objects(modules))

    def _objects(self, modules: Iterable[str]) -> dict[str, Any]:
        return {name: value for name, value in self._look(modules) if not isinstance(value, UNCHANGING)}

    def _look(self, modules: Iterable[str]) -> Iterator[tuple[str, Any]]:
        for module in modules:
            for name, value in list(vars(self._modules[module]).items()):
                if isinstance(value, type) and value.__module__ == module:
                    yield from ((f"{module}.{name}.{key}", each) for key, each in list(vars(value).items()) if _is_data(key, each))
                elif _is_data(name, value):
                    yield f"{module}.{name}", value

    def _is_that_one(self, name: str, value: Any) -> bool:
        return type(value).__module__ in self._modules and name.startswith(f"{type(value).__module__}.")


def _can_be_stored(value: Any) -> bool:
    """A connection, a lock, a generator: what makes one says at once that it cannot be taken apart."""
    try:
        value.__reduce_ex__(4)
    except Exception:
        return False
    return True


def _is_plain(value: Any) -> bool:
    """All it holds stands in its dict."""
    kind = type(value)
    return hasattr(value, "__dict__") and kind.__reduce_ex__ is object.__reduce_ex__ and kind.__reduce__ is object.__reduce__


def _is_data(name: str, value: Any) -> bool:
    return not name.startswith("__") and not isinstance(value, CODE) and not hasattr(type(value), "__get__")
