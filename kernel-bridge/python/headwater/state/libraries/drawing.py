"""matplotlib: rcParams (styles and seaborn's themes are nothing else), the colour letters seaborn redefines, interactive mode."""

import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.variable import Variable

NOT_CARRIED = frozenset({"backend", "backend_fallback", "interactive"})
"""The backend belongs to the process; interactive mode is a variable of its own, as the inline backend sets it when it is loaded."""

LETTERS = "bgrcmykw"
"""`seaborn.set_theme(color_codes=True)` gives them other colours, in a table apart from rcParams."""


def drawing_variables() -> list[Variable]:
    """matplotlib's, one each."""
    return [
        Entries("%rcParams", _get_rc, _set_rc, "matplotlib"),
        Entries("%matplotlib.colors", _get_letters, _set_letters, "matplotlib"),
        Entries("%matplotlib.interactive", _get_interactive, _set_interactive, "matplotlib", owned=lambda key: True),
    ]


def _get_rc() -> dict[str, Any]:
    # Past RcParams' own methods: asking for a value there may choose a backend, or warn. Lists are copied: cells insert fonts into them.
    items = dict.items(sys.modules["matplotlib"].rcParams)
    return {key: list(value) if type(value) is list else value for key, value in items if key not in NOT_CARRIED}


def _set_rc(changes: Mapping[str, Any]) -> None:
    rc = sys.modules["matplotlib"].rcParams
    dict.update(rc, {key: list(value) if type(value) is list else value for key, value in changes.items() if key in rc.validate})


def _get_letters() -> dict[str, Any]:
    colours = sys.modules["matplotlib.colors"].get_named_colors_mapping()
    return {letter: colours[letter] for letter in LETTERS}


def _set_letters(changes: Mapping[str, Any]) -> None:
    colours = sys.modules["matplotlib.colors"].get_named_colors_mapping()
    for letter, value in changes.items():
        colours[letter] = value


def _get_interactive() -> dict[str, Any]:
    return {"interactive": dict.__getitem__(sys.modules["matplotlib"].rcParams, "interactive")}


def _set_interactive(changes: Mapping[str, Any]) -> None:
    if changes:
        sys.modules["matplotlib"].interactive(changes["interactive"])
