"""The picklers. `fast` is plain C; `slow` is also asked about each object; `hooks` lets the notebook's classes decide.

`reducer_override` is not asked about exact lists, dicts, sets, numbers and strings, `persistent_id` is, at six times the cost. So the
fast one goes first, and its memo and bytes tell whether the slow one is needed.
"""

from __future__ import annotations

import math
import pickle
import sys
from typing import TYPE_CHECKING, Any, Callable

from headwater.control.secrets import SECRETS
from headwater.values.set_order import find_recipe, is_reordered
from headwater.values.specials import special

if TYPE_CHECKING:
    from headwater.values.session import Session

PROTOCOL = 5
FAST = "fast"
ORDER = (FAST, "slow", "hooks")

NAN_BYTES = b"G\x7f\xf8\x00\x00\x00\x00\x00\x00"
"""How pickle writes a NaN: its identity matters (`x in [x]`), so it needs the slow one."""

NEW_SET = pickle.EMPTY_SET + pickle.MEMOIZE + pickle.MARK
NEW_FROZENSET = pickle.FROZENSET + pickle.MEMOIZE
"""Without these opcodes in its bytes a pickle holds no set with elements, and no frozenset."""


class Reducing:
    """What our picklers do beyond pickle's own."""

    hooks = False

    def __init__(self, out: Any, keep_buffer: Callable[[Any], bool] | None, session: Session) -> None:
        super().__init__(out, PROTOCOL, buffer_callback=keep_buffer)  # type: ignore[call-arg]
        self.session, self.rules = session, session.rules
        self.common = self.rules.common
        self.refs: set[str] = set()
        self.marks: dict[int, Any] = {}
        """id → (place, object): what the memo does not show, though sharing it ties. Places count down from -1."""

    def finish(self) -> None:
        """Ends the streams."""

    def reducer_override(self, o: Any) -> Any:
        path = self.common.get(id(o))
        if path is not None:
            return special, (path,)
        return self.rules[type(o)](self, o)

    def unit(self, o: Any, kind: str, name: str) -> str:
        uid = self.session.identities.uid(o, kind, name)
        self.refs.add(uid)
        return uid


class Asking(Reducing):
    """With persistent ids for containers that every process has, NaN objects, and sets whose order would change."""

    def __init__(self, out: Any, keep_buffer: Callable[[Any], bool] | None, session: Session) -> None:
        super().__init__(out, keep_buffer, session)
        self._unfilled: list[Any] = []
        self._hides = SECRETS.any
        self._frozen: dict[int, frozenset[Any]] = {}
        self._named_nans = {id(math.nan): "math.nan"}
        if "numpy" in sys.modules:
            self._named_nans[id(sys.modules["numpy"].nan)] = "numpy.nan"

    def finish(self) -> None:
        """What fills the sets comes last: an element may lead back to its set. It may hold further sets. Frozensets are full by then."""
        while self._unfilled:
            recipes, self._unfilled = tuple(self._unfilled), []
            self.dump(recipes)  # type: ignore[attr-defined]

    def persistent_id(self, o: Any) -> Any:
        kind = type(o)
        if self._hides and (kind is str or kind is bytes):
            pieces = SECRETS.take_apart(o)
            return None if pieces is None else ("secret", (kind.__name__, pieces))
        if kind is set:
            return self._set_id(o)
        if kind is frozenset:
            return self._note_order(o)
        if kind is dict or kind is list:
            path = self.common.get(id(o))
            if path is not None:
                return "special", path
            uid = self.session.identities.known(o)
            if uid is not None:
                self.refs.add(uid)
                return "unit", uid
        elif kind is float and o != o:
            return self._nan_id(o)
        return None

    def _set_id(self, s: set[Any]) -> Any:
        if id(s) not in self.marks:
            if not is_reordered(s):
                return None
            self._unfilled.append((self._mark(s), find_recipe(s)))
        return "set", self._mark(s)

    def _note_order(self, s: frozenset[Any]) -> None:
        if id(s) not in self._frozen and is_reordered(s):
            self._frozen[id(s)] = s
            self._unfilled.append((s, find_recipe(s)))

    def _nan_id(self, nan: float) -> Any:
        name = self._named_nans.get(id(nan))
        if name is not None:
            return "special", name
        return "nan", self._mark(nan)

    def _mark(self, o: Any) -> int:
        return self.marks.setdefault(id(o), (-1 - len(self.marks), o))[0]


class FastSaver(Reducing, pickle.Pickler):
    pass


class SlowSaver(Asking, pickle.Pickler):
    pass


class HookSaver(Asking, pickle.Pickler):
    hooks = True


class DeepFastSaver(Reducing, pickle._Pickler):  # type: ignore[name-defined]
    """In Python: from 3.12 on the C one has a limit of its own for nesting."""


class DeepSlowSaver(Asking, pickle._Pickler):  # type: ignore[name-defined]
    pass


class DeepHookSaver(Asking, pickle._Pickler):  # type: ignore[name-defined]
    hooks = True


SAVERS = {"fast": FastSaver, "slow": SlowSaver, "hooks": HookSaver}
DEEP_SAVERS = {"fast": DeepFastSaver, "slow": DeepSlowSaver, "hooks": DeepHookSaver}
