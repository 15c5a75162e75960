"""Headwater in Python: what runs inside workers and kernels, and the client that reads a store.

Standard library only at import: a notebook environment needs nothing installed for its cells to run as a flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from headwater.client.run import Flow, Run, Step, load, use
    from headwater.client.task import Artifact, Task
    from headwater.control.current import current
    from headwater.control.failure import Failure
    from headwater.control.report import report

_PLACES = {
    "Flow": "headwater.client.run",
    "Run": "headwater.client.run",
    "Step": "headwater.client.run",
    "load": "headwater.client.run",
    "use": "headwater.client.run",
    "Task": "headwater.client.task",
    "Artifact": "headwater.client.task",
    "Failure": "headwater.control.failure",
    "current": "headwater.control.current",
    "report": "headwater.control.report",
}
__all__ = ["Artifact", "Failure", "Flow", "Run", "Step", "Task", "current", "load", "report", "use"]


def __getattr__(name: str) -> Any:
    """Loads the client when it is first used: a worker imports this package too, and must start fast."""
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'headwater' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_PLACES]
