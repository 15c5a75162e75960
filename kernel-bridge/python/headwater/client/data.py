"""The names of a moment of a run as attributes: loaded when first used, aliases kept within one object."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from headwater.store.disk import DiskStore


class NotStored(AttributeError):
    """The value lived only in its step's process. The message says what it was and what to do."""


class Data:
    """`task.data.model`. Attributes are names; `in`, iteration and `dir` list them without loading."""

    def __init__(self, store: DiskStore, world: dict[str, Any], where: str) -> None:
        names = {name: slot for name, slot in world["names"].items() if not name.startswith(("%", "file:"))}
        self.__dict__.update(_store=store, _world={**world, "names": names}, _where=where, _session=None)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in self._world["names"]:
            raise AttributeError(name)
        return self._load(name)

    def __getitem__(self, name: str) -> Any:
        try:
            return self._load(name)
        except NotStored:
            raise
        except AttributeError as error:
            raise KeyError(str(error)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._world["names"]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._world["names"]))

    def __len__(self) -> int:
        return len(self._world["names"])

    def __dir__(self) -> list[str]:
        return sorted(self._world["names"])

    def _ipython_key_completions_(self) -> list[str]:
        return dir(self)

    def __repr__(self) -> str:
        return f"<Data of {self._where}: {', '.join(self)}>"

    def lost(self) -> list[str]:
        """Names whose values were not stored."""
        return sorted(name for name in self._world["tombstones"] if not name.startswith(("%", "file:")))

    def bind(self, main: types.ModuleType, names: list[str]) -> dict[str, Any]:
        """Loads names into a module's own namespace, what they share shared and functions at home in it. Raises CannotLoad."""
        from headwater.values.session import Session

        session = Session(self._store, "client.0", main)
        session.set_world({**self._world, "tombstones": {}})
        session.load(names)
        return {name: vars(main)[name] for name in names}

    def _load(self, name: str) -> Any:
        tombstone = self._world["tombstones"].get(name)
        if tombstone is not None:
            raise NotStored(
                f"{name} of {self._where} was not stored: {tombstone['reason']}. Make it in setup, or in the step that uses it."
            )
        if name not in self._world["names"]:
            raise AttributeError(f"{self._where} has no `{name}`; it has {', '.join(self) or 'no names'}")
        session = self._session
        if session is None:
            from headwater.values.session import Session

            # A module of its own: loaded functions keep their own globals, nothing of the caller's is touched.
            main = types.ModuleType("__main__")
            session = self.__dict__["_session"] = Session(self._store, "client.0", main)
            # Names that share something with what was lost are stored all the same; only cells of the run had to meet it where it lived.
            session.set_world({**self._world, "tombstones": {}})
        session.load([name])
        session.close_over()
        return vars(session.main)[name]
