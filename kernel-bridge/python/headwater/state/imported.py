"""`%imported`: modules whose import changed process state. In one kernel a module runs once; here it runs in every process that needs
it, and must not seed the generators or set a style a second time."""

from typing import Any

from headwater.state.variable import UNSET, Variable


class Imported(Variable):
    """Names of the notebook's own modules, and of libraries that change more than their own share."""

    def __init__(self) -> None:
        super().__init__("%imported", self._get, self._set)
        self._names: set[str] = set()
        self._asked = False

    def start(self, world: Any) -> None:
        """Empty unless earlier steps imported such modules."""
        self._set(() if world is UNSET else world)
        self.world, self.base, self._asked = world, self._get(), False

    def has_run(self, module: str) -> bool:
        """Did an earlier step import it? The answer is something the attempt depends on."""
        self._asked = True
        return module in self._names

    def add(self, module: str) -> None:
        """It ran here and changed something."""
        self._names.add(module)

    def is_read(self) -> bool:
        """Only if a module with effects was imported."""
        return self._asked

    def _get(self) -> tuple[str, ...]:
        return tuple(sorted(self._names))

    def _set(self, value: tuple[str, ...]) -> None:
        self._names = set(value)
