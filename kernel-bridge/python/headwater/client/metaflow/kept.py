"""Values of a run on their way into the datastore: each written once, what cannot go remembered with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.client.data import Data, NotStored
from headwater.client.metaflow.values import CannotGo, pack, pack_own

if TYPE_CHECKING:
    from headwater.client.metaflow.datastore import Datastore, Written


class Kept:
    """What has been written so far."""

    def __init__(self, store: Datastore) -> None:
        self._store = store
        self._packed: dict[tuple[str, ...], Written | None] = {}
        """Name, version and group -> what is written of it."""
        self.left_out: dict[str, str] = {}
        """Name -> why."""

    def write(self, data: Data, only: list[str] | None = None) -> dict[str, Written]:
        """All names of a moment that can go, or those of the list."""
        self.left_out.update((name, "it lived only in the process that made it") for name in data.lost())
        found = {}
        for name in data if only is None else only:
            # Metaflow's own names begin like that.
            if name not in data or name.startswith("_"):
                continue
            where = (name, *data._world["names"][name])
            if where not in self._packed:
                self._packed[where] = self._pack(name, data)
            packed = self._packed[where]
            if packed is not None:
                found[name] = packed
        return found

    def write_own(self, value: Any) -> Written:
        """What Metaflow keeps beside the person's values."""
        packed = pack_own(value)
        return self._store.save(packed), len(packed), type(value).__name__

    def describe_left_out(self) -> str:
        """One sentence, or nothing. Modules are not told of: they are imported where they are needed."""
        told = [f"`{name}` ({why})" for name, why in sorted(self.left_out.items()) if why != "a module"]
        return f"Left out, because Metaflow could not load it: {', '.join(told)}." if told else ""

    def _pack(self, name: str, data: Data) -> Written | None:
        try:
            value = data[name]
            packed = pack(value)
        except CannotGo as problem:
            self.left_out[name] = str(problem)
        except (NotStored, KeyError, ImportError) as problem:
            self.left_out[name] = f"it cannot be loaded here: {problem.args[0] if problem.args else problem}"
        else:
            return self._store.save(packed), len(packed), type(value).__name__
        return None
