"""Processes out of this one, which find loaded what it has: many images have no compiled files, and loading is most of a start."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import Callable

LOOK_SECONDS = 0.01


class Offspring:
    """What is used of `subprocess.Popen`, for a function. Only a process without threads may have any."""

    _born: list[Offspring] = []

    def __init__(self, work: Callable[[], object]) -> None:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            for fd in (to_write, from_read):
                os.close(fd)
            _become(work, to_read, from_write)
        for fd in (to_read, from_write):
            os.close(fd)
        self.stdin, self.stdout = os.fdopen(to_write, "wb", 0), os.fdopen(from_read, "rb", 0)
        self._born.append(self)

    def poll(self) -> int | None:
        """Its exit code once it has ended."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                self.returncode = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended. Raises TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(LOOK_SECONDS)
        return code

    def kill(self) -> None:
        """At once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    @classmethod
    def forget(cls) -> None:
        """In a process of its own: who holds a line to another's open keeps that one from ending."""
        for each in cls._born:
            each.stdin.close()
            each.stdout.close()
        cls._born.clear()


def _become(work: Callable[[], object], source: int, sink: int) -> None:
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        Offspring.forget()
        for fd, place in ((source, 0), (sink, 1)):
            os.dup2(fd, place)
            os.close(fd)
        work()
        code = 0
    finally:
        os._exit(code)
