"""Registers: tables of libraries that cells write into by a call (`matplotlib.colormaps.register`, `sqlite3.register_adapter`).

No name in the cell shows what changed, so the whole table is looked at. Entries are the very objects, in the order they came.
"""

import abc
import codecs
import functools
import operator
import sys
from collections.abc import Mapping
from typing import Any, Callable

from headwater.state.entries import ABSENT, Entries, are_same
from headwater.state.variable import UNSET, Variable

TABLES = (
    ("%copyreg", "copyreg", "dispatch_table"),
    ("%encodings", "encodings.aliases", "aliases"),
    ("%logging.names", "logging", "_levelToName"),
    ("%logging.levels", "logging", "_nameToLevel"),
    ("%shutil.archives", "shutil", "_ARCHIVE_FORMATS"),
    ("%shutil.unpackers", "shutil", "_UNPACK_FORMATS"),
    ("%sqlite3.adapters", "sqlite3", "adapters"),
    ("%sqlite3.converters", "sqlite3", "converters"),
    ("%matplotlib.colormaps", "matplotlib.cm", "_colormaps._cmaps"),
    ("%matplotlib.units", "matplotlib.units", "registry"),
    ("%matplotlib.scales", "matplotlib.scale", "_scale_mapping"),
    ("%matplotlib.scales.axis", "matplotlib.scale", "_scale_has_axis_parameter"),
    ("%matplotlib.projections", "matplotlib.projections", "projection_registry._all_projection_types"),
    ("%matplotlib.styles", "matplotlib.style", "library"),
    ("%joblib.backends", "joblib.parallel", "BACKENDS"),
)
"""Name, the module whose import makes it, where it stands there. A version of the library that has it elsewhere has none."""


class Register(Entries):
    """Whose entries libraries make for themselves when they are imported, in an order that may matter to who looks something up."""

    def hold(self) -> dict[Any, Any]:
        """Most are large and never change: then the two tables are compared at once."""
        now = self.get()
        return {} if are_same(self.base, now) else self._difference(self.base, now)

    def change(self) -> Any:
        """Entries of earlier steps and of this attempt together, as they came."""
        changed = self.hold()
        return {**({} if self.world is UNSET else self.world), **changed} if changed else UNSET


def register_variables() -> list[Variable]:
    """One each."""
    return [
        *(_register(name, module, functools.partial(_find, module, path)) for name, module, path in TABLES),
        Register("%mimetypes", _get_types, _set_types, "mimetypes", owned=lambda key: True),
        Register("%matplotlib.fonts", _get_fonts, _set_fonts, "matplotlib.font_manager", owned=lambda key: True, same=operator.is_),
        Noted("%abc", "abc", abc.ABCMeta, "register", _virtual),
        Noted("%codecs.errors", "codecs", codecs, "register_error", lambda name, handler: name),
    ]


def _register(name: str, module: str, find: Callable[[], Any]) -> Register:
    def get() -> dict[Any, Any]:
        return dict(find() or {})

    def set(changes: Mapping[Any, Any]) -> None:
        table = find()
        if table is None:
            return
        for key, value in changes.items():
            if value is ABSENT:
                table.pop(key, None)
            else:
                table[key] = value

    return Register(name, get, set, module, owned=lambda key: True, same=operator.is_)


def _find(module: str, path: str) -> Any:
    found: Any = sys.modules[module]
    for part in path.split("."):
        found = getattr(found, part, None)
    return found


# ------------------------------------------------------------ types of files


def _get_types() -> dict[Any, Any]:
    """(strictly, ending) → type. What the system knows is read first: whoever asks does that, and it changes nothing."""
    types: Any = sys.modules["mimetypes"]
    if not types.inited:
        types.init()
    return {(strictly, ending): kind for strictly in (True, False) for ending, kind in types._db.types_map[strictly].items()}


def _set_types(changes: Mapping[Any, Any]) -> None:
    types: Any = sys.modules["mimetypes"]
    for (strictly, ending), kind in changes.items():
        if kind is ABSENT:
            types._db.types_map[strictly].pop(ending, None)
        else:
            types.add_type(kind, ending, strictly)


# ------------------------------------------------------------ fonts


def _get_fonts() -> dict[Any, Any]:
    manager: Any = sys.modules["matplotlib.font_manager"]
    return {_key_of(font): font for font in manager.fontManager.ttflist}


def _set_fonts(changes: Mapping[Any, Any]) -> None:
    manager: Any = sys.modules["matplotlib.font_manager"]
    fonts = manager.fontManager.ttflist
    fonts[:] = [font for font in fonts if _key_of(font) not in changes]
    fonts += [font for font in changes.values() if font is not ABSENT]


def _key_of(font: Any) -> tuple[str, ...]:
    return font.fname, font.name, font.style, str(font.weight)


# ------------------------------------------------------------ what Python keeps where it cannot be listed


class Noted(Register):
    """Calls of a function that cells made, by what tells them apart; each is made again in a process that lacks it. None is taken back."""

    def __init__(self, name: str, module: str, owner: Any, function: str, key_of: Callable[..., Any]) -> None:
        """`key_of` of the call's arguments; None where there is nothing to note."""
        self._owner, self._function, self._key_of = owner, function, key_of
        self._calls: dict[Any, Any] = {}
        self._without: Any = None
        super().__init__(name, lambda: dict(self._calls), self._call, module)

    def start(self, world: Any) -> None:
        """Notes from now on."""
        if self._without is None:
            self._without = getattr(self._owner, self._function)
            setattr(self._owner, self._function, functools.wraps(self._without)(self._make_note()))
        super().start(world)

    def _make_note(self) -> Callable[..., Any]:
        def note(*given: Any, **named: Any) -> Any:
            done = self._without(*given, **named)
            if sys._getframe(1).f_globals.get("__name__") == "__main__":
                given = (*given, *named.values())  # at most the last one may be given by name
                key = self._key_of(*given)
                if key is not None:
                    self._calls[key] = given
            return done

        return note

    def _call(self, changes: Mapping[Any, Any]) -> None:
        for key, given in changes.items():
            if given is ABSENT:
                self._calls.pop(key, None)
            else:
                self._calls[key] = given
                self._without(*given)


def _virtual(cls: Any, subclass: Any) -> Any:
    """`Sequence.register(Mine)`; a class of the notebook keeps its own."""
    return None if cls.__module__ == "__main__" else (cls, subclass)
