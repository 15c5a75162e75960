"""One piece of process state, and the registry of those that belong to libraries."""

import copy
from typing import Any, Callable


class UNSET:
    """Stands for no value: never set by a cell, or not changed."""


class Variable:
    """A piece of state with one value: a limit, a mode, a folder.

    A value is plain data that compares with `==` and can be pickled. `get` and `set` are called only while `module` is loaded.
    Within one attempt `world` is the value earlier steps left (or UNSET), `base` the value the attempt began with, `first` the one
    this process began with.
    """

    def __init__(self, name: str, get: Callable[[], Any], set: Callable[[Any], None], module: str = "builtins") -> None:
        """`name` begins with `%`; `module` is the one whose import makes the state exist."""
        self.name, self.module = name, module
        self.get, self.set = get, set
        self.world: Any = UNSET
        self.base: Any = UNSET
        self.first: Any = UNSET
        self.fresh = False
        """Nothing can have changed since an attempt began."""

    def look_ahead(self) -> None:
        """Looks at what a fork leaves as it is, for the first attempt of every child. Here nothing: it costs little then."""

    def start(self, world: Any) -> None:
        """An attempt begins: the state becomes `world`, or what it was in the beginning when no step has set it."""
        if self.first is UNSET:
            self.first = self.hold()
        else:
            self.put_back(self.first)
        if world is not UNSET:
            self.set(world)
        self.world, self.base = world, self.get()

    def is_read(self) -> bool:
        """Did the attempt depend on it? What is cheap to consult is taken as consulted."""
        return True

    def change(self) -> Any:
        """The value later steps must find, or UNSET if the attempt left it as it was."""
        now = self.get()
        return UNSET if now == self.base else now

    # ------------------------------------------------------------ around an import

    def hold(self) -> Any:
        """What `put_back` needs to return to this moment."""
        return self.get()

    def absorb(self, held: Any) -> None:
        """Takes as given what a library did to its own share since `held`: it does so wherever it is imported."""

    def is_affected(self, held: Any) -> bool:
        """Is it another one than at `held`, absorbed parts aside?"""
        return self.get() != held

    def put_back(self, held: Any) -> None:
        """Returns to `held`."""
        if self.is_affected(held):
            self.set(held)


_registered: list[Variable] = []


def register(variable: Variable) -> None:
    """Makes a library's option a variable of every flow run by this process. Raises ValueError for a name that is taken or without `%`."""
    if not variable.name.startswith("%") or any(each.name == variable.name for each in _registered):
        raise ValueError(f"a state variable needs a free name that begins with %, not {variable.name!r}")
    _registered.append(variable)


def registered() -> list[Variable]:
    """A fresh copy of each registered variable."""
    return [copy.copy(each) for each in _registered]
