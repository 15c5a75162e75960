"""The main function of a task process, forked or fresh."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from headwater.control.secrets import SECRETS
from headwater.state.watched import watch_cells
from headwater.store.open import open_store
from headwater.worker import threads
from headwater.worker.channel import Channel, idle
from headwater.worker.no_input import refuse_input
from headwater.worker.process import Process
from headwater.worker.shell.base import Cell, Shell, make_shell

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
"""The folder that holds the `headwater` package."""


def serve(channel: Channel, process: Process, setters: list[tuple[Any, str]], warm: bool) -> None:
    """Waits for an attempt, runs it, then whatever else must run in this very process; leaves without finalisers.

    `warm`: forked ahead of need, it does once what every attempt begins with: memory that this touches is copied now, while somebody
    else's cell runs.
    """
    if warm:
        process.shell.warm_up()
    threads.restore_threads(setters)
    process.store.connect()
    process.channel = channel
    if warm:
        process.state.warm_up()
    message = idle(channel)
    while message is not None and process.run(message):
        message = idle(channel)
    os._exit(0)


def prepare_interpreter(hello: dict[str, Any], shell: Shell) -> None:
    """What every worker process has before the first cell: the notebook's folder as working directory and first in the search path.

    The package itself stays importable, last, so that a cell can `import headwater` where it is not installed.
    """
    SECRETS.know(hello["secrets"])
    folder = hello["folder"]
    os.chdir(folder)
    sys.path[:] = [folder, *(each for each in sys.path if each not in ("", folder, PACKAGE)), PACKAGE]
    sys.argv = [""]
    refuse_input()
    cells = [Cell(each["index"], each["number"], each["source"]) for each in hello["cells"]]
    shell.remember(cells)
    watch_cells(shell.text_of(cell) for cell in cells)


def make_process(hello: dict[str, Any], shell: Shell) -> Process:
    """For the attempts of this run, with a store that is not connected yet."""
    return Process(hello, shell, open_store(hello["store"], hello["prefix"], hello.get("carrier")))


def main() -> None:
    """A fresh interpreter: hello and the attempt come over the line given as argument."""
    # The supervisor ignores the interrupt of a terminal and its children inherit that; cells run as in a kernel, where it raises.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    channel = Channel(int(sys.argv[1]))
    hello = channel.receive()
    shell = make_shell()
    prepare_interpreter(hello, shell)
    threads.unset_thread_limits()
    serve(channel, make_process(hello, shell), [], warm=False)
