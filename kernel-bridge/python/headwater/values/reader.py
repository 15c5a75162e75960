"""Reads what the picklers wrote, whichever of them it was."""

from __future__ import annotations

import pickle
from typing import Any

from headwater.control.secrets import put_together
from headwater.values.current import current
from headwater.values.set_order import fill, lay_out
from headwater.values.specials import special


class Reader(pickle.Unpickler):
    """A group's streams share one memo, so one reader reads them all."""

    _known: dict[Any, Any]

    def persistent_load(self, pid: Any) -> Any:
        kind, what = pid
        if kind == "special":
            return special(what)
        if kind == "unit":
            return current().resolve(what)
        if kind == "secret":
            return put_together(*what)
        known = self.__dict__.setdefault("_known", {})
        if pid not in known:
            known[pid] = set() if kind == "set" else float("nan")
        return known[pid]

    def find_class(self, module: str, name: str) -> Any:
        """By name; where a cell has put something in its place, what stood there before."""
        found = super().find_class(module, name)  # imports the module, and with that comes what cells put there
        before = current().origins.original(f"{module}.{name}")
        return found if before is None else before

    def fill_sets(self) -> None:
        """Reads what is left of the streams: sets that stayed empty till all else was there, since elements may lead back to them."""
        while True:
            try:
                recipes = self.load()
            except EOFError:
                return
            for which, recipe in recipes:
                if isinstance(which, frozenset):
                    lay_out(which, *recipe)
                else:
                    fill(self._known["set", which], *recipe)
