"""IPython: which results a cell shows and how, and in which formats figures appear."""

import functools
import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.libraries.shell import find_shell
from headwater.state.variable import Variable

SHOWING = ("float_precision", "pprint", "max_seq_length")
"""Of the formatter of plain text: `%precision`, `%pprint`."""

INLINE = ("figure_formats", "print_figure_kwargs", "close_figures")

PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "application/pdf")


def notebook_variables() -> list[Variable]:
    """One each; tables without entries where there is no shell."""
    return [
        Entries("%ipython", _get_shell, _set_shell, "IPython.core.interactiveshell"),
        Entries("%matplotlib.inline", _get_inline, _set_inline, "matplotlib_inline.config"),
        # The inline backend registers printers when it is loaded, which is when a process draws for the first time.
        Entries("%matplotlib.formats", _get_printers, _set_printers, "matplotlib.figure", owned=lambda key: True),
    ]


def _get_shell() -> dict[str, Any]:
    shell = find_shell()
    if shell is None:
        return {}
    plain = shell.display_formatter.formatters["text/plain"]
    return {"ast_node_interactivity": shell.ast_node_interactivity, **{name: getattr(plain, name) for name in SHOWING}}


def _set_shell(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is None:
        return
    for name, value in changes.items():
        setattr(shell.display_formatter.formatters["text/plain"] if name in SHOWING else shell, name, value)


def _get_inline() -> dict[str, Any]:
    backend = _find_inline()
    return {} if backend is None else {name: getattr(backend, name) for name in INLINE}


def _set_inline(changes: Mapping[str, Any]) -> None:
    backend = _find_inline()
    if backend is not None:
        for name, value in changes.items():
            setattr(backend, name, value)


def _get_printers() -> dict[str, Any]:
    """For each kind of picture: the printer of figures as (function, keywords), or None."""
    shell = find_shell()
    if shell is None:
        return {}
    found: dict[str, Any] = {kind: _find_printer(shell.display_formatter.formatters[kind]) for kind in PICTURES}
    if not any(found.values()) and "IPython.core.pylabtools" in sys.modules:
        # Nothing drawn so far: what the backend will register if nobody says otherwise.
        found["image/png"] = (sys.modules["IPython.core.pylabtools"].print_figure, {"fmt": "png", "base64": True, "bbox_inches": "tight"})
    return found


def _find_printer(formatter: Any) -> Any:
    try:
        printer = formatter.lookup_by_type(sys.modules["matplotlib.figure"].Figure)
    except KeyError:
        return None
    return (printer.func, dict(printer.keywords)) if isinstance(printer, functools.partial) else None


def _set_printers(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is None:
        return
    figure = sys.modules["matplotlib.figure"].Figure
    for kind, value in changes.items():
        formatter = shell.display_formatter.formatters[kind]
        if value is None:
            formatter.pop(figure, None)
        else:
            formatter.for_type(figure, functools.partial(value[0], **value[1]))


def _find_inline() -> Any:
    shell = find_shell()
    return None if shell is None else sys.modules["matplotlib_inline.config"].InlineBackend.instance(parent=shell)
