"""`%random` and `%numpy.random`: the global generators, carried from the first seeding on, freshly seeded in every attempt before it.

Nothing is patched: an attempt whose generator was never seeded begins with a state of its own, and where that ended tells what
happened. A state that drawing alone leads to is nobody's but the attempt's. Any other was set, by a cell or in the depth of a library.
What cannot be seen: that a state was saved, drawn from, and put back.
"""

import os
import random
import sys
from typing import Any, Callable, Optional

from headwater.state.twister import WORDS, Twister, is_drawn, pack_words, unpack_words
from headwater.state.variable import UNSET, Variable


class Generator(Variable):
    """A value is a tuple of bytes and numbers; for a Mersenne Twister it begins with "MT19937", key, position."""

    def __init__(
        self,
        name: str,
        get: Callable[[], Any],
        set: Callable[[Any], None],
        module: str,
        renew: Callable[[], None],
        drawn: Optional[Callable[[Any, Any], bool]] = None,
    ) -> None:
        """`renew` seeds freshly; `drawn(before, after)` says whether drawing alone leads there (default: Mersenne Twisters)."""
        super().__init__(name, get, set, module)
        self._renew, self._drawn = renew, drawn or _is_drawn
        self._touched = False
        self._judged: Any = UNSET
        self._change: Any = UNSET

    def start(self, world: Any) -> None:
        """Seeded by an earlier step: its state. Else one nobody else has: forked processes would draw equal numbers."""
        fresh, self.fresh = self.fresh, False
        if fresh and world is UNSET and self.world is UNSET:
            return  # renewed a moment ago
        if world is UNSET:
            self._renew()
        else:
            self.set(world)
        self.world, self.base = world, self.get()
        self._touched, self._judged = False, self.base
        self._change = UNSET

    def is_read(self) -> bool:
        """Only if it moved at some time: drawing without a seed depends on no earlier step having set one."""
        self.change()
        return self._touched

    def change(self) -> Any:
        """The state, if it is to be carried."""
        now = self.get()
        if now != self._judged:
            only_drawn = self.world is UNSET and self._drawn(self.base, now)
            self._touched, self._judged = True, now
            self._change = UNSET if only_drawn or now == self.base else now
        return self._change

    def is_affected(self, held: Any) -> bool:
        """Drawing from a generator that was never seeded changes nothing for anybody."""
        return self.get() != held and self.change() is not UNSET


def _is_drawn(before: Any, after: Any) -> bool:
    return before[0] == after[0] == "MT19937" and is_drawn(Twister(*before[1:3]), Twister(*after[1:3]))


def python_random() -> Generator:
    """`random`'s hidden instance."""
    return Generator("%random", _get_python, _set_python, "random", random.seed)


def _get_python() -> Any:
    _, words, gauss = random.getstate()
    return ("MT19937", pack_words(words[:-1]), words[-1], gauss)


def _set_python(value: Any) -> None:
    _, key, at, gauss = value
    random.setstate((3, (*unpack_words(key), at), gauss))


def numpy_random() -> Generator:
    """The generator behind `numpy.random.seed`, which pandas, SciPy and scikit-learn use as well."""
    return Generator("%numpy.random", _get_numpy, _set_numpy, "numpy.random", _renew_numpy)


def _get_numpy() -> Any:
    state = sys.modules["numpy.random"].get_state(legacy=False)
    if state["bit_generator"] != "MT19937":
        return (state["bit_generator"], state)
    inner = state["state"]
    return ("MT19937", inner["key"].astype("<u4").tobytes(), int(inner["pos"]), int(state["has_gauss"]), float(state["gauss"]))


def _set_numpy(value: Any) -> None:
    numpy_random, numpy = sys.modules["numpy.random"], sys.modules["numpy"]
    if value[0] != numpy_random.get_state(legacy=False)["bit_generator"]:
        numpy_random.set_bit_generator(getattr(numpy_random, value[0])())
    if value[0] != "MT19937":
        numpy_random.set_state(value[1])
    else:
        _, key, at, has_gauss, gauss = value
        numpy_random.set_state(("MT19937", numpy.frombuffer(key, "<u4"), at, has_gauss, gauss))


def _renew_numpy() -> None:
    """A random key is as good as one made from a seed, and three times faster."""
    _set_numpy(("MT19937", os.urandom(4 * WORDS), WORDS, 0, 0.0))
