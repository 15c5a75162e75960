"""Open steps: a name that nobody predicted is loaded when it is first used."""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import Any

from headwater.values.session import Session


class LazyBuiltins(dict):  # type: ignore[type-arg]
    """Stands behind a plain dict of globals: what neither has is asked of the store."""

    fetch: Any = None

    def __missing__(self, name: str) -> Any:
        if self.fetch is not None and self.fetch(name):
            return self.namespace[name]  # type: ignore[attr-defined]
        return builtins.__dict__[name]


class LazyModule(ModuleType):
    """`import __main__; __main__.name` finds names that were not loaded yet."""

    fetch: Any = None

    def __getattr__(self, name: str) -> Any:
        fetch = type(self).fetch
        if fetch is not None and not name.startswith("__") and fetch(name):
            return self.__dict__[name]
        raise AttributeError(f"module '__main__' has no attribute '{name}'")


class Lazy:
    """Opens and closes the look-up of one process."""

    def __init__(self, session: Session, main: ModuleType) -> None:
        self._session, self._main = session, main
        self._real: Any | None = None

    def open(self, start: dict[str, Any]) -> None:
        """Loads what must be there before the step starts and answers for the rest from now on.

        A name that hides a builtin would never be missed, and `del` asks nobody: both are loaded first.
        """
        world = start["world"]["names"]
        hiding = [name for name in world if name in builtins.__dict__ or name == "__annotations__"]
        self._session.load([*hiding, *start["deletes"], *start["reads"]])
        self._session.close_over()
        hook = LazyBuiltins(builtins.__dict__)
        hook.fetch, hook.namespace = self._fetch, self._main.__dict__  # type: ignore[attr-defined]
        self._real = self._main.__dict__.get("__builtins__")
        self._main.__dict__["__builtins__"] = hook
        LazyModule.fetch = staticmethod(self._fetch)
        self._main.__class__ = LazyModule

    def close(self) -> None:
        """Names are plain again."""
        if self._real is not None:
            self._main.__dict__["__builtins__"] = self._real
            self._real = LazyModule.fetch = None

    def unloaded(self, world: dict[str, Any]) -> set[str]:
        """Visible names the step ran without."""
        names = {name for name in world["names"] if name[0] != "%" and ":" not in name} | set(world["tombstones"])
        return names - set(self._main.__dict__)

    def _fetch(self, name: str) -> bool:
        self._session.load([name])
        self._session.close_over()
        return name in self._main.__dict__
