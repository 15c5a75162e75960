"""A figure is shown as a picture once pyplot has taken the kernel's backend. Making one does that, loading one does not."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from typing import Any


def show_as_pictures(values: Iterable[Any]) -> None:
    """As if the figures among them had been made here. Figures in a program that has used pyplot are its own affair."""
    figure = sys.modules.get("matplotlib.figure")
    if figure is None or not any(isinstance(value, figure.Figure) for value in values):
        return
    # They are bound all the same: a backend that does not start would have failed where they were made, too.
    with contextlib.suppress(Exception):
        import matplotlib
        from matplotlib import pyplot

        if getattr(pyplot, "_backend_mod", None) is None:
            pyplot.switch_backend(matplotlib.get_backend())
