"""Starting the process of a task: a fork of the warm supervisor, or a fresh interpreter."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
from typing import Any, Callable, NamedTuple

from headwater.worker import wire
from headwater.worker.streams import RawFiles

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from headwater.worker.task import main; main()"
"""Works whatever `PYTHONSAFEPATH` says and wherever it is started."""


class Launched(NamedTuple):
    """A task process as its supervisor sees it."""

    pid: int
    fd: int
    raw: RawFiles


def fork(run: Callable[[int], None]) -> Launched:
    """A child that has everything this process has; `run` gets its end of the line and never returns to here."""
    ours, theirs = socket.socketpair()
    raw = RawFiles()
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            prepare_child(raw.fds())
            run(theirs.detach())
        finally:
            # Nothing of the parent may run twice: no finalisers, no exit handlers, no flushing of its buffers.
            os._exit(70)
    theirs.close()
    return Launched(pid, ours.detach(), raw)


def spawn(hello: dict[str, Any]) -> Launched:
    """A fresh interpreter with the same search path and settings."""
    import subprocess  # what forks need not wait for

    ours, theirs = socket.socketpair()
    raw = RawFiles()
    out, err = raw.fds()
    command = [sys.executable, *_flags(), "-c", START, PACKAGE, str(theirs.fileno())]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, pass_fds=[theirs.fileno()], start_new_session=True
    )
    process.returncode = 0  # the supervisor waits for it by pid; Popen must not
    theirs.close()
    fd = ours.detach()
    wire.send(fd, hello)
    return Launched(process.pid, fd, raw)


def _flags() -> list[str]:
    return [f"-X{name}" if value is True else f"-X{name}={value}" for name, value in sys._xoptions.items()]


def prepare_child(raw: list[int]) -> None:
    """What a forked child must not share: session, signals, standard streams."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
    signal.set_wakeup_fd(-1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    for number, fd in zip((1, 2), raw):
        os.dup2(fd, number)
    _append_only((1, 2))


def _append_only(fds: Any) -> None:
    """Two writers of one file never overwrite each other."""
    for fd in fds:
        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_APPEND)
