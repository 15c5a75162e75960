"""Nobody answers a running flow."""

from __future__ import annotations

import builtins
import getpass
from typing import Any


class NoInput(NotImplementedError):
    """Raised by `input()` and `getpass()` in a cell."""


def refuse_input() -> None:
    """From now on asking raises at once, instead of waiting for ever or reading an end of file."""

    def ask(*_: Any, **__: Any) -> str:
        raise NoInput("a run has nobody to answer input(): make it a parameter")

    builtins.input = ask
    getpass.getpass = ask
