"""IPython: what cells add to it. Extensions by name; the notebook's own magics, aliases and callbacks as values."""

import operator
import sys
import types
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import ABSENT, Entries
from headwater.state.variable import Variable

MODULE = "IPython.core.interactiveshell"
KINDS = ("line", "cell")
FIGURE = ("matplotlib.figure", "Figure")


def shell_variables() -> list[Variable]:
    """One each; tables without entries where there is no shell."""
    return [
        Entries("%extensions", _get_extensions, _set_extensions, MODULE),
        Entries("%magics", _get_magics, _set_magics, MODULE),
        Entries("%aliases", _get_aliases, _set_aliases, MODULE),
        Entries("%events", _get_events, _set_events, MODULE),
        Entries("%formatters", _get_printers, _set_printers, MODULE, owned=lambda key: True, same=operator.is_),
        Variable("%exceptions", _get_handler, _set_handler, MODULE),
    ]


def find_shell() -> Any:
    """The one of this process, or None."""
    return sys.modules["IPython"].get_ipython() if hasattr(sys.modules.get("IPython"), "get_ipython") else None


def _get_extensions() -> dict[str, bool]:
    shell = find_shell()
    return {} if shell is None else dict.fromkeys(sorted(shell.extension_manager.loaded), True)


def _set_extensions(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is not None:
        for name, value in changes.items():
            (shell.extension_manager.unload_extension if value is ABSENT else shell.extension_manager.load_extension)(name)


def _get_magics() -> dict[str, Any]:
    """Functions of the notebook by kind and name: `line:greet`."""
    shell = find_shell()
    tables = {} if shell is None else shell.magics_manager.magics
    return {f"{kind}:{name}": f for kind in KINDS for name, f in tables.get(kind, {}).items() if _is_own(f)}


def _set_magics(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is None:
        return
    for key, value in changes.items():
        kind, _, name = key.partition(":")
        if value is ABSENT:
            shell.magics_manager.magics[kind].pop(name, None)
        else:
            shell.magics_manager.magics[kind][name] = value


def _get_aliases() -> dict[str, str]:
    shell = find_shell()
    return {} if shell is None else dict(shell.alias_manager.aliases)


def _set_aliases(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is not None:
        for name, value in changes.items():
            if value is ABSENT:
                shell.alias_manager.undefine_alias(name)
            else:
                shell.alias_manager.define_alias(name, value)


def _get_events() -> dict[str, Any]:
    """Event → the notebook's own callbacks, in their order."""
    shell = find_shell()
    found = {} if shell is None else {event: tuple(filter(_is_own, each)) for event, each in shell.events.callbacks.items()}
    return {event: own for event, own in found.items() if own}


def _set_events(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is None:
        return
    for event, own in changes.items():
        callbacks = shell.events.callbacks[event]
        callbacks[:] = [*(each for each in callbacks if not _is_own(each)), *(() if own is ABSENT else own)]


def _get_printers() -> dict[str, Any]:
    """`text/html:shapes.Square` → its printer, by name, so that the class need not be there. Figures have a table of their own."""
    shell = find_shell()
    found: dict[str, Any] = {}
    for kind, formatter in {} if shell is None else shell.display_formatter.formatters.items():
        printers = {**formatter.deferred_printers, **{(cls.__module__, cls.__name__): f for cls, f in formatter.type_printers.items()}}
        found.update((f"{kind}:{module}.{name}", f) for (module, name), f in printers.items() if (module, name) != FIGURE)
    return found


def _set_printers(changes: Mapping[str, Any]) -> None:
    shell = find_shell()
    if shell is None:
        return
    for key, printer in changes.items():
        kind, _, name = key.partition(":")
        formatter = shell.display_formatter.formatters[kind]
        formatter.pop(name, None)
        if printer is not ABSENT:
            formatter.deferred_printers[tuple(name.rsplit(".", 1))] = printer


def _get_handler() -> Any:
    """What `set_custom_exc` was given, or None."""
    shell = find_shell()
    if shell is None or not shell.custom_exceptions:
        return None
    wrapped = shell.CustomTB.__func__
    held = dict(zip(wrapped.__code__.co_freevars, wrapped.__closure__ or ()))
    return (shell.custom_exceptions, held["handler"].cell_contents) if "handler" in held else None


def _set_handler(value: Any) -> None:
    shell = find_shell()
    if shell is not None:
        shell.set_custom_exc(*(((), None) if value is None else value))


def _is_own(f: Any) -> bool:
    return isinstance(f, types.FunctionType) and f.__module__ == "__main__"
