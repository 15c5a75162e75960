"""The Python process of a run, from its start: says that it is up, checks the cells, then supervises."""

from __future__ import annotations

import gc
import os
import select
import sys
from typing import TYPE_CHECKING

from headwater.worker import wire
from headwater.worker.shell.base import make_shell
from headwater.worker.syntax import find_problems

if TYPE_CHECKING:
    from headwater.worker.supervisor import Supervisor


def main() -> None:
    """Serves one run over standard input and output, which it keeps to itself: nothing a library prints can get onto the wire."""
    # What is imported stays: looking for garbage among it would take longer than a small step does. The supervisor switches this on again.
    gc.disable()
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    # Said before the slow imports: the engine waits for it before it gives the run a number.
    wire.send(sink, {"type": "up", "wire": wire.WIRE_VERSION, "python": ".".join(map(str, sys.version_info[:3]))})
    # The slowest import comes first: it runs while the engine is still reading the notebook.
    shell = make_shell()
    engine = wire.Lines(source)
    # The rest, which only running needs, is imported while the engine reads the notebook; else while it takes a number for the run.
    if not select.select([source], [], [], 0)[0]:
        import_supervisor()
    early = engine.wait()
    if early is not None and early["type"] == "parse":
        wire.send(sink, {"type": "parsed", "problems": find_problems(shell, early["cells"])})
        early = None
    import_supervisor()(engine, sink, shell).serve(early)


def import_supervisor() -> type[Supervisor]:
    """The class, with all that it needs."""
    from headwater.worker.supervisor import Supervisor

    return Supervisor
