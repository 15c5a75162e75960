"""IPython as a cell of a run has it, and the process state that Run All would carry from cell to cell."""

from __future__ import annotations

import os
import random
import sys
from typing import Any

STATE = ["%cwd", "%environ", "%path", "%random", "%numpy.random"]


def make_shell() -> Any:
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = {"write_output_prompt": lambda s: None, "write_format_data": lambda s, d, m=None: None, "finish_displayhook": lambda s: None}
    InteractiveShell.displayhook_class = type("Hook", (DisplayHook,), quiet)  # type: ignore[assignment]
    shell: Any = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}), colors="NoColor")
    shell._showtraceback = lambda etype, value, tb: print("\n".join(tb), file=sys.stderr)
    return shell


def take_state() -> dict[str, Any]:
    state: dict[str, Any] = {"%cwd": os.getcwd(), "%environ": dict(os.environ), "%path": list(sys.path), "%random": random.getstate()}
    if "numpy.random" in sys.modules:
        kind, keys, *rest = sys.modules["numpy.random"].get_state()
        state["%numpy.random"] = (kind, keys.tolist(), *rest)
    return state


def restore_state(state: dict[str, Any]) -> None:
    if "%cwd" in state:
        os.chdir(state["%cwd"])
    if "%environ" in state:
        os.environ.clear()
        os.environ.update(state["%environ"])
    if "%path" in state:
        sys.path[:] = state["%path"]
    if "%random" in state:
        random.setstate(state["%random"])
    if "%numpy.random" in state:
        __import__("numpy.random")
        sys.modules["numpy.random"].set_state(state["%numpy.random"])
