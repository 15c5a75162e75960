"""`%tables`: lists, dicts and sets of libraries that cells change in place by their path (`nltk.data.path.append("data")`).

Which they are is read from the text of all cells (`watched.py`). What such a table holds is carried, and put into the object that the
library has in another process: it may have given that to others.
"""

import copy
import operator
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from headwater.state.patches import find_owner
from headwater.state.prints import Print, print_of
from headwater.state.shared_names import FILLED
from headwater.state.variable import UNSET, Variable


def _fill_set(to: set[Any], source: Iterable[Any]) -> None:
    to.clear()
    to.update(source)


KINDS = {**FILLED, set: _fill_set}
"""Plain containers, each with what fills it; those of a library's own class may do more when they change."""

MOST_ENTRIES = 100_000
"""Beyond, to look at a table twice for every step costs more than steps do; it stays in its process."""


class Content:
    """What a table holds at a moment."""

    def __init__(self, table: Any) -> None:
        self.kept = copy.copy(table)
        self.print: Print = print_of(table, ())

    def is_in(self, table: Any) -> bool:
        """The very same entries in the same order, and none has changed inside."""
        mine, theirs = _entries(self.kept), _entries(table)
        return len(mine) == len(theirs) and all(map(operator.is_, mine, theirs)) and self.print == print_of(table, ())


def _entries(table: Any) -> list[Any]:
    return [part for item in table.items() for part in item] if isinstance(table, Mapping) else list(table)


class Tables(Variable):
    """Dotted name → what the table there holds."""

    def __init__(self, watched: Iterable[str], carried: Callable[[str], bool]) -> None:
        """`watched` may grow; `carried` tells the variables that go along in another way (project_modules.py)."""
        super().__init__("%tables", dict, lambda _: None)
        self._watched, self._carried = watched, carried
        self._firsts: dict[str, Content] = {}
        """As the process had them."""
        self._bases: dict[str, Content] = {}

    def start(self, world: Any) -> None:
        """They hold what earlier steps left, or what they came with."""
        self.world = world
        self._bases = {}
        self._begin(self._look())

    def loaded(self, module: str) -> None:
        """It has been imported: what its tables hold now is how they come."""
        self._begin({name: table for name, table in self._look().items() if name.startswith(f"{module}.") and name not in self._bases})

    def is_read(self) -> bool:
        """Only by who has such a table."""
        return bool(self._bases)

    def change(self) -> Any:
        """Those of earlier steps and of this attempt together."""
        known = {name: table for name, table in self._look().items() if name in self._bases}
        changed = {name: copy.copy(table) for name, table in known.items() if not self._bases[name].is_in(table)}
        return {**self._theirs(), **changed} if changed else UNSET

    # ------------------------------------------------------------ around an import: a library's own entries come with it everywhere

    def hold(self) -> Mapping[str, bool]:
        """Those that cells have changed."""
        return {name: self._bases[name].is_in(table) for name, table in self._look().items() if name in self._bases}

    def absorb(self, held: Mapping[str, bool]) -> None:
        """What only the import has changed belongs to the beginning."""
        self._bases.update((name, Content(table)) for name, table in self._look().items() if held.get(name, False))

    def is_affected(self, held: Any) -> bool:
        """Never."""
        return False

    def put_back(self, held: Any) -> None:
        """Nothing to put back."""

    # ------------------------------------------------------------ inside

    def _theirs(self) -> Mapping[str, Any]:
        return {} if self.world is UNSET else self.world

    def _begin(self, tables: Mapping[str, Any]) -> None:
        theirs = self._theirs()
        for name, table in tables.items():
            is_new = name not in self._firsts
            base = self._firsts[name] = Content(table) if is_new else self._firsts[name]
            content = theirs.get(name, base.kept)
            if type(content) is type(table) and (name in theirs or not (is_new or base.is_in(table))):
                KINDS[type(table)](table, content)
                base = Content(table)
            self._bases[name] = base

    def _look(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in {*self._watched, *self._theirs()}:
            owner, attribute = find_owner(name), name.rpartition(".")[2]
            table: Any = None if owner is None else vars(owner).get(attribute)
            if type(table) in KINDS and len(table) <= MOST_ENTRIES and not self._carried(name):
                found[name] = table
        return found
