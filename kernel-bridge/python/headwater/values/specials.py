"""Objects that every process has one of: stored as "the X of this process"."""

from __future__ import annotations

import builtins
import importlib
import os
import random
import sys
import types
from typing import Any

from headwater.values.current import current
from headwater.values.reduce.registry import stored_name

DISPLAY = "ip.display_formatter"
FORMATTERS = "ip.display_formatter.formatters"


def find_specials(main: types.ModuleType) -> dict[str, Any]:
    """path → object; where one object has two paths the first counts."""
    found: dict[str, Any] = {
        "builtins.__dict__": vars(builtins),
        "__main__.__dict__": vars(main),
        "sys.modules": sys.modules,
        "sys.path": sys.path,
        "sys.argv": sys.argv,
        "os.environ": os.environ,
        "random._inst": random.random.__self__,  # type: ignore[attr-defined]
    }
    for stream in ("stdin", "stdout", "stderr", "__stdout__", "__stderr__"):
        if getattr(sys, stream) is not None:
            found[f"sys.{stream}"] = getattr(sys, stream)
    if "dataclasses" in sys.modules:  # in every field: by value it would tie all dataclasses together
        found["dataclasses._EMPTY_METADATA"] = sys.modules["dataclasses"]._EMPTY_METADATA
    if "numpy.random.mtrand" in sys.modules:
        found["numpy.random.mtrand._rand"] = sys.modules["numpy.random.mtrand"]._rand
    shell = _shell()
    if shell is not None:
        found["ip"] = shell
        found.update((f"ip.{key}", shell.user_ns[key]) for key in ("In", "Out", "_dh") if key in shell.user_ns)
        found.update({DISPLAY: shell.display_formatter, FORMATTERS: shell.display_formatter.formatters})
        found.update((f"{FORMATTERS}.{kind}", formatter) for kind, formatter in shell.display_formatter.formatters.items())
    return found


@stored_name
def special(path: str) -> Any:
    if path == "ip":
        return _shell()
    if path == DISPLAY:
        return _shell().display_formatter
    if path.startswith(FORMATTERS):
        formatters, kind = _shell().display_formatter.formatters, path[len(FORMATTERS) + 1 :]
        return formatters[kind] if kind else formatters
    if path.startswith("ip."):
        return _shell().user_ns[path[3:]]
    if path == "__main__.__dict__":
        return vars(current().main)
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
