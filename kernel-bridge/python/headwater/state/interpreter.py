"""State of Python itself: limits, locale, decimal context, time zone, what cells put into `builtins` or in the place of `warnings.warn`."""

import builtins
import operator
import sys
import time
import warnings
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import Variable

CATEGORIES = ("LC_CTYPE", "LC_COLLATE", "LC_TIME", "LC_MONETARY", "LC_NUMERIC", "LC_MESSAGES")

CONTEXT = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")
"""Of decimal's context. Its flags are not carried: every rounding sets one, and hardly anybody looks."""

WARNERS = ("warn", "showwarning", "formatwarning")
"""Functions that notebooks replace to silence warnings."""


def interpreter_variables() -> list[Variable]:
    """One each; `%timezone` after `%env`, where the zone stands."""
    return [
        Variable("%recursionlimit", sys.getrecursionlimit, sys.setrecursionlimit),
        Variable("%timezone", lambda: (time.tzname, time.timezone, time.altzone), lambda _: time.tzset()),
        Entries("%builtins", _get_builtins, _set_builtins, same=operator.is_),
        Entries("%warnings.functions", _get_warners, _set_warners, same=operator.is_),
        Entries("%decimal", _get_decimal, _set_decimal, "decimal"),
        Entries("%locale", _get_locale, _set_locale, "locale"),
    ]


def _get_builtins() -> dict[str, Any]:
    # `_` is the last result of a prompt, and libraries in C keep their shared internals under dunder names.
    return {name: value for name, value in vars(builtins).items() if name != "_" and not name.startswith("__")}


def _set_builtins(changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if value is not ABSENT:
            setattr(builtins, name, value)
        elif hasattr(builtins, name):
            delattr(builtins, name)


def _get_warners() -> dict[str, Any]:
    return {name: getattr(warnings, name) for name in WARNERS}


def _set_warners(changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(warnings, name, value)


def _get_decimal() -> dict[str, Any]:
    context = sys.modules["decimal"].getcontext()
    traps = sorted(signal.__name__ for signal, on in context.traps.items() if on)
    return {**{name: getattr(context, name) for name in CONTEXT}, "traps": tuple(traps)}


def _set_decimal(changes: Mapping[str, Any]) -> None:
    context = sys.modules["decimal"].getcontext()
    for name, value in changes.items():
        if name == "traps":
            for signal in context.traps:
                context.traps[signal] = signal.__name__ in value
        else:
            setattr(context, name, value)


def _get_locale() -> dict[str, str]:
    locale = sys.modules["locale"]
    return {name: locale.setlocale(getattr(locale, name)) for name in CATEGORIES if hasattr(locale, name)}


def _set_locale(changes: Mapping[str, str]) -> None:
    locale = sys.modules["locale"]
    for name, value in changes.items():
        locale.setlocale(getattr(locale, name), value)
