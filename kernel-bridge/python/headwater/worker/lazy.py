"""Open steps: a name that nobody predicted is loaded when it is first used."""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import Any

from headwater.state.process import ProcessState
from headwater.values.session import Session


class LazyBuiltins(dict[str, Any]):
    """Stands behind a plain dict of globals: what neither has is asked of the store."""

    def __init__(self, lazy: Lazy) -> None:
        super().__init__(builtins.__dict__)
        self._lazy = lazy

    def __missing__(self, name: str) -> Any:
        return self._lazy.namespace[name] if self._lazy.fetch(name) else builtins.__dict__[name]


class LazyModule(ModuleType):
    """`import __main__; __main__.name` finds names that were not loaded yet."""

    def __getattr__(self, name: str) -> Any:
        hook = self.__dict__.get("__builtins__")
        if isinstance(hook, LazyBuiltins) and not name.startswith("__") and hook._lazy.fetch(name):
            return self.__dict__[name]
        raise AttributeError(f"module '__main__' has no attribute '{name}'")


class Lazy:
    """Opens and closes the look-up of one process."""

    def __init__(self, session: Session, state: ProcessState, main: ModuleType) -> None:
        self._session, self._state, self._main = session, state, main
        self.namespace = main.__dict__
        self._real: Any = None

    def open(self, start: dict[str, Any]) -> None:
        """Loads what must be there before the step starts and answers for the rest from now on.

        A name that hides a builtin would never be missed, and `del` asks nobody: both are loaded first.
        """
        world = start["world"]["names"]
        hiding = [name for name in world if name in builtins.__dict__]
        # What comes along with a name is bound too and may be read without our seeing it: it counts as read.
        self._session.load([*hiding, *start["deletes"], *start["reads"], *self._session.finalizing(start["binds"])], companions_read=True)
        self._session.close_over()
        self._real = self.namespace.get("__builtins__")
        self.namespace["__builtins__"] = LazyBuiltins(self)
        self._main.__class__ = LazyModule

    def close(self) -> None:
        """Names are plain again."""
        if self._real is not None:
            self.namespace["__builtins__"] = self._real
            self._real = None

    def unloaded(self, world: dict[str, Any]) -> set[str]:
        """Visible names the step ran without."""
        names = {name for name in world["names"] if name[0] != "%" and ":" not in name} | set(world["tombstones"])
        return names - set(self.namespace)

    def fetch(self, name: str) -> bool:
        """Loads a name of the world; -> whether there is one."""
        with self._state.loading():
            self._session.load([name], companions_read=True)
            self._session.close_over()
        return name in self.namespace
