"""Which reducer stores which type: asked once a type and save, since classes of the notebook change in between."""

from __future__ import annotations

import copyreg
import enum
import sys
from typing import TYPE_CHECKING, Any

from headwater.values.origins import singletons
from headwater.values.reduce.arrays import is_array, reduce_array
from headwater.values.reduce.enums import reduce_member
from headwater.values.reduce.exceptions import reduce_exception
from headwater.values.reduce.instances import plan_for
from headwater.values.reduce.registry import BY_NAME, BY_TYPE, Reducer, native
from headwater.values.reduce.units import reduce_class
from headwater.values.specials import find_specials, special

if TYPE_CHECKING:
    from headwater.values.session import Session


class Rulebook(dict[type, Reducer]):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        specials = find_specials(session.main)
        self.common: dict[int, str] = {}
        """id → path of objects that are stored by a path; they tie no names together."""
        for path, o in specials.items():
            self.common.setdefault(id(o), path)
        self._containers = [o for o in specials.values() if type(o) in (dict, list)]
        self._counts: list[int] = []
        self._unmarked: list[type] = []
        live = vars(session.main).get("__builtins__")
        if isinstance(live, dict):  # an open step runs with a dict of its own in place of the builtins
            self.common[id(live)] = "builtins.__dict__"
            self._containers.append(live)

    def __missing__(self, kind: type) -> Reducer:
        rule = self[kind] = self._find(kind)
        return rule

    def _find(self, kind: type) -> Reducer:
        if kind in BY_TYPE:
            return BY_TYPE[kind]
        if issubclass(kind, type):
            return reduce_class
        if issubclass(kind, BaseException):
            return reduce_exception
        if issubclass(kind, enum.Enum):
            return reduce_member
        origins = self.session.origins
        if not origins.foreign(kind):
            if "__slotnames__" not in vars(kind):
                self._unmarked.append(kind)
            return reduce_array if is_array(kind) else plan_for(kind, origins, own=True)
        for base in kind.__mro__:
            rule = BY_NAME.get(f"{base.__module__}.{base.__qualname__}")
            if rule is not None:
                return rule
        rule = native if kind in copyreg.dispatch_table else plan_for(kind, origins, own=False)
        single = singletons(kind.__module__, kind)
        if single:
            self.common.update(single)
            return _Single(self.common, rule)
        return rule

    def count(self) -> None:
        """Before pickling: see `are_held`."""
        self._counts = [sys.getrefcount(o) for o in self._containers]

    def are_held(self) -> bool:
        """The pickler holds a container that every process has, `globals()` say: it took its content, for it asks no reducer about them.

        Its memo would tell too, but a copy of it costs as much as the pickling; it holds what it has seen, so counting is enough.
        """
        return [sys.getrefcount(o) for o in self._containers] != self._counts

    def tidy(self) -> None:
        """Takes off what pickling left on the notebook's classes: `copyreg` remembers slots in the class itself."""
        for kind in self._unmarked:
            if "__slotnames__" in vars(kind):
                type.__delattr__(kind, "__slotnames__")


class _Single:
    """A type of which some instances are "that one": `common` learned of them when the first instance was already asked about."""

    def __init__(self, common: dict[int, str], otherwise: Reducer) -> None:
        self.common, self.otherwise = common, otherwise

    def __call__(self, saver: Any, o: Any) -> Any:
        path = self.common.get(id(o))
        return (special, (path,)) if path is not None else self.otherwise(saver, o)
