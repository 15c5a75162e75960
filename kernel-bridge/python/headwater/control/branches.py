"""`inputs` of a join: the branches of a foreach in the order of its list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

Look = Callable[[int], Any]
"""Place of a branch → what has its values: `names()`, and `get(name)`, which raises KeyError."""


class Branch:
    """Every name visible at the end of a branch as an attribute, loaded when it is first used. `.index` and `.item` say which it is."""

    def __init__(self, step: str, index: int, item: str, look: Look) -> None:
        self.__dict__.update(_step=step, _item=item, _look=look, index=index)

    @property
    def item(self) -> Any:
        """The element of the list it was made for."""
        return self[self._item]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __getitem__(self, name: str) -> Any:
        view = self._look(self.index)
        try:
            return view.get(name)
        except KeyError:
            names = view.names()
        where = f"branch {self._step}[{self.index}]"
        lost = view.lost(name)
        if lost is not None:
            raise KeyError(f"`{name}` of {where} was not stored: {lost}")
        raise KeyError(f"{where} has no `{name}`; it has {', '.join(names[:12]) or 'no names'}")

    def __contains__(self, name: object) -> bool:
        return name in self._look(self.index).names()

    def __iter__(self) -> Iterator[str]:
        return iter(self._look(self.index).names())

    def __dir__(self) -> list[str]:
        return [*self._look(self.index).names(), "index", "item"]

    def __repr__(self) -> str:
        return f"<Branch {self._step}[{self.index}]>"

    def __reduce__(self) -> Any:
        # Kept by the step: it must stand by itself, with what it has now.
        view = self._look(self.index)
        return keep_branch, (self._step, self.index, self._item, {name: view.get(name) for name in view.names()})


class Kept:
    """Values of a branch that somebody kept beyond its join."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def names(self) -> list[str]:
        """What there is."""
        return sorted(self.values)

    def get(self, name: str) -> Any:
        """The value. KeyError when there is none."""
        return self.values[name]

    def lost(self, name: str) -> str | None:
        """What was not stored was not kept either: nobody knows of it any more."""
        return None


def keep_branch(step: str, index: int, item: str, values: dict[str, Any]) -> Branch:
    """What a stored branch is made by: this name is part of the store's format."""
    kept = Kept(values)
    return Branch(step, index, item, lambda _: kept)
