"""The branches that a join collects, as values of its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.client.history import apply
from headwater.control.branches import Branch
from headwater.values.view import View

if TYPE_CHECKING:
    from headwater.values.session import Session

PAGE = 64
"""Elements whose descriptions stand in one manifest (packages/protocol/src/control.ts)."""


class Lost(View):
    """A view that can say why a name is not there."""

    def lost(self, name: str) -> str | None:
        """Why the branch's value was not stored, or None."""
        stone = self.slots.tombstones.get(name)
        return None if stone is None else stone["reason"]


class Inputs:
    """Worlds of branches, folded from the manifests of what committed in them when somebody looks."""

    def __init__(self, session: Session, world: dict[str, Any], inputs: dict[str, Any]) -> None:
        self._session, self._world, self._inputs = session, world, inputs
        self._views: dict[int, Lost] = {}

    def branches(self) -> list[Branch]:
        """One for each element."""
        step, item = self._inputs["split"].partition("[")[0], self._inputs["item"]
        return [Branch(step, index, item, self.look) for index in range(len(self._inputs["branches"]))]

    def look(self, index: int) -> Lost:
        """The values of one branch."""
        if index not in self._views:
            self._views[index] = Lost(self._session, self._world_of(index))
        return self._views[index]

    def _world_of(self, index: int) -> dict[str, Any]:
        outer, split = self._world, self._inputs["split"]
        world = {key: value.copy() for key, value in outer.items()}
        world["names"][self._inputs["item"]] = [split, element_group(split, index)]
        world["tombstones"].pop(self._inputs["item"], None)
        for attempt in self._inputs["branches"][index]:
            apply(world, self._session.store.read_manifest(attempt)["delta"])
        return {**world, "names": {name: slot for name, slot in world["names"].items() if slot[1]}}


def element_group(split: str, index: int) -> str:
    """The group of an element in the store (packages/protocol/src/control.ts)."""
    return f"{split}+{index // PAGE}/{index % PAGE}"
